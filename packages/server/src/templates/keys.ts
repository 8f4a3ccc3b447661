/** @module The page of keys. */

export const KEYS = `{% extends "layout.html" %}
{% block title %}Keys{% endblock %}
{% block content %}
<h1>Keys</h1>
{% if created %}
<section class="result" role="status">
<h2>The secret of {{ created.key.name }}, shown once</h2>
<p><code id="secret">{{ created.secret }}</code></p>
</section>
{% endif %}
<div class="scroll"><table>
<tr><th scope="col">Name</th><th scope="col">May</th><th scope="col">Created</th><th scope="col">Last used</th><th scope="col">Expires</th><th scope="col">Per minute</th><th scope="col"></th></tr>
{% for key in keys %}
<tr><td>{{ key.name }}</td><td>{{ key.scopes | join(", ") }}</td><td>{{ key.created }}</td><td>{{ key.lastUsed or "never" }}</td><td>{{ key.expires or "never" }}</td><td>{{ key.rateLimit or "any number" }}</td>
<td><form method="post" action="/keys/{{ key.id }}"><input type="hidden" name="token" value="{{ token }}"><button>Revoke</button></form></td></tr>
{% endfor %}
</table></div>
<h2>A new key</h2>
<form method="post" action="/keys" class="card">
<input type="hidden" name="token" value="{{ token }}">
<label for="name">Name</label>
<input id="name" name="name" maxlength="100" required>
{% for scope in scopes %}
<p><input type="checkbox" id="scope-{{ scope }}" name="scope_{{ scope }}"{% if loop.first %} checked{% endif %}> <label for="scope-{{ scope }}">{{ scope }}</label></p>
{% endfor %}
<label for="rateLimit">Requests per minute <span class="hint">may be empty</span></label>
<input id="rateLimit" name="rateLimit" type="number" min="1">
<label for="expires">Expires <span class="hint">may be empty</span></label>
<input id="expires" name="expires" type="date">
<button>Create</button>
</form>
<form method="post" action="/logout"><input type="hidden" name="token" value="{{ token }}"><button>Sign out</button></form>
{% endblock %}
`;
