/** @module What a browser sees when something is wrong. */

export const ERROR = `{% extends "layout.html" %}
{% block title %}{{ problem.title }}{% endblock %}
{% block content %}
<h1>{{ problem.title }}</h1>
<p>{{ problem.detail }}</p>
{% if problem.errors %}
<ul>
{% for error in problem.errors %}
<li>{{ error.detail }}</li>
{% endfor %}
</ul>
{% endif %}
{% if problem.status == 401 %}<p><a href="/login">Sign in</a></p>{% endif %}
<p class="quiet">HTTP status {{ problem.status }}. <a href="/">All models</a></p>
{% endblock %}
`;
