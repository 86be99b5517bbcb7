import json

import shop.cart
from shop import tax
