/** @module The page of one model: what it answered, the form, and how to ask it from elsewhere. */

export const MODEL = `{% extends "layout.html" %}
{% block title %}{{ model.name }}{% endblock %}
{% block content %}
<h1>{{ model.title or model.name }}</h1>
{% if model.description %}<p>{{ model.description }}</p>{% endif %}
<p class="quiet">{{ model.class }}{% if model.version %}, trained by scikit-learn {{ model.version }}{% endif %}: {{ model.task }}</p>

{% if result %}
<section class="result" role="status" aria-label="Answer">
{% if result.single and result.headline is defined %}
<h2>{{ verb.noun }}</h2>
<p class="value" id="prediction">{{ result.headline }}</p>
{% if result.probabilities.length %}
<table>
<tr><th scope="col">Class</th><th scope="col">Probability</th></tr>
{% for item in result.probabilities %}
<tr><td>{{ item.label }}</td><td><meter min="0" max="1" value="{{ item.value }}" aria-hidden="true"></meter> {{ item.percent }}</td></tr>
{% endfor %}
</table>
{% endif %}
{% else %}
<h2>{{ verb.noun }}</h2>
<div class="scroll"><table>
<tr>{% for name in result.names %}<th scope="col">{{ name }}</th>{% endfor %}</tr>
{% for row in result.rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</table></div>
{% endif %}
</section>
{% endif %}

{% if problem %}
<section class="problems" role="alert">
<h2>{{ problem.detail if not problem.errors else "This row does not fit the model" }}</h2>
{% if problem.errors %}
<ul>
{% for error in problem.errors %}
<li>{{ error.detail }}</li>
{% endfor %}
</ul>
{% endif %}
</section>
{% endif %}

{% if fields.length %}
<form method="post" class="card">
<div class="fields">
{% for field in fields %}
<div class="field">
<label for="{{ field.id }}">{{ field.label }}{% if field.unit %} <span class="hint">{{ field.unit }}</span>{% endif %}{% if not field.required %} <span class="hint">may be empty{% if field.becomes %}: {{ field.becomes }}{% endif %}</span>{% endif %}</label>
{% if field.control == "select" %}
<select id="{{ field.id }}" name="{{ field.name }}"{% if field.required %} required{% endif %}{% if field.problem %} aria-invalid="true" aria-describedby="{{ field.id }}-problem"{% endif %}>
{% if not field.required or field.value == "" %}<option value=""></option>{% endif %}
{% for option in field.options %}
<option{% if field.words[option] %} value="{{ option }}"{% endif %}{% if option == field.value %} selected{% endif %}>{{ field.words[option] or option }}</option>
{% endfor %}
</select>
{% else %}
<input id="{{ field.id }}" name="{{ field.name }}" value="{{ field.value }}" autocomplete="off"{% if field.control == "number" %} type="number" step="any"{% elif field.control == "date" %} type="date"{% else %} type="text"{% endif %}{% if field.options.length %} list="{{ field.id }}-list"{% endif %}{% if field.required %} required{% endif %}{% if field.problem %} aria-invalid="true" aria-describedby="{{ field.id }}-problem"{% endif %}>
{% if field.options.length %}
<datalist id="{{ field.id }}-list">{% for option in field.options %}<option>{{ option }}</option>{% endfor %}</datalist>
{% endif %}
{% endif %}
{% if field.help %}<p class="hint">{{ field.help }}</p>{% endif %}
{% if field.problem %}<p class="problem" id="{{ field.id }}-problem">{{ field.problem }}</p>{% endif %}
</div>
{% endfor %}
</div>
<button>{{ verb.button }}</button>
</form>
{% elif model.featureCount or model.features.length %}
<p>{{ model.featureCount or model.features.length }} features are too many for a form; send them as JSON or CSV.</p>
{% else %}
<p>The file does not say how many features a row has; send rows as JSON or CSV.</p>
{% endif %}

<h2>From a program</h2>
<pre>{{ curl }}</pre>
<p class="quiet">Rows also come as <code>text/csv</code> with a header, or many at once as a JSON array. <code>{{ address }}</code> describes itself as JSON to whoever accepts <code>application/json</code>.</p>

{% if model.classes %}
<h2>Classes</h2>
{% for classes in model.classes %}
<p>{% for label in classes %}<code>{{ label }}</code>{% if not loop.last %}, {% endif %}{% endfor %}{% if model.classCounts %} and more, <a href="{{ model.moreClasses[loop.index0] }}">{{ model.classCounts[loop.index0] }} in all</a>{% endif %}</p>
{% endfor %}
{% endif %}
{% endblock %}
`;
