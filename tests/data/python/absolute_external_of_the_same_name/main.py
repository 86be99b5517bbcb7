import json
from os.path import join

json.dumps({})
join("a", "b")
