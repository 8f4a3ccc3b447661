/** @module The page to sign in. */

export const LOGIN = `{% extends "layout.html" %}
{% block title %}Sign in{% endblock %}
{% block content %}
<h1>Sign in</h1>
{% if problem %}<p class="problem" role="alert">{{ problem }}</p>{% endif %}
<form method="post" action="/login" class="card">
<input type="hidden" name="next" value="{{ next }}">
<label for="key">Key</label>
<input id="key" name="key" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>
{% endblock %}
`;
