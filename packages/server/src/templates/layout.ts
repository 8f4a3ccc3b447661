/** @module What every page shares. Blocks: title, content. */

export const LAYOUT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}curtido{% endblock %}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cg transform='rotate(35 16 16)'%3E%3Crect x='9' y='2' width='14' height='28' rx='7' fill='%23517f2f'/%3E%3Cg fill='%23a9cf7f'%3E%3Ccircle cx='14' cy='9' r='1.4'/%3E%3Ccircle cx='18' cy='14' r='1.4'/%3E%3Ccircle cx='13.5' cy='19' r='1.4'/%3E%3Ccircle cx='18' cy='24' r='1.4'/%3E%3C/g%3E%3C/g%3E%3C/svg%3E">
<style>{% include "style.css" %}</style>
</head>
<body>
{% if home %}<nav><a href="{{ home }}">All models</a></nav>{% endif %}
<main>
{% block content %}{% endblock %}
</main>
</body>
</html>
`;
