/** @module The page of all models. */

export const INDEX = `{% extends "layout.html" %}
{% block title %}Models{% endblock %}
{% block content %}
<h1>Models</h1>
<p class="quiet">{{ models.length }} {{ "model" if models.length == 1 else "models" }}, each at its own address. <a href="/docs">Reference</a>, <a href="/openapi.json">OpenAPI description</a></p>
<ul class="models">
{% for model in models %}
<li><a href="{{ model.uri }}">{{ model.name }}</a><br><span class="quiet">{% if model.class %}{{ model.class }}, {{ model.task }}{% if model.features is defined and model.features != null %}, {{ model.features }} {{ "feature" if model.features == 1 else "features" }}{% endif %}{% else %}not ready yet{% endif %}</span></li>
{% endfor %}
</ul>
{% if values %}
<h2>Values</h2>
<ul class="models">
{% for value in values %}
<li><a href="{{ value.uri }}">{{ value.name }}</a><br><span class="quiet">{{ value.what }}</span></li>
{% endfor %}
</ul>
{% endif %}
{% endblock %}
`;
