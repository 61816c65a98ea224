def around(request): return {}
