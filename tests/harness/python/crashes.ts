/** Name, type, message, the change, and other files. The repair has to be the first or second proposal. */
export const CASES: [string, string, string, string, Record<string, string>?][] = [
  [
    'a misspelt name',
    'NameError',
    "name 'totl' is not defined",
    ` def add(total):
-    return ¦totl + 1  # one more
+    return total + 1  # one more
`,
  ],
  [
    'a member without self',
    'NameError',
    "name 'count' is not defined",
    ` class Cart:
     def __init__(self):
         self.count = 0
     def size(self):
-        return ¦count
+        return self.count
`,
  ],
  [
    'a name of another file',
    'NameError',
    "name 'price_of' is not defined",
    ` import os
+from app.prices import price_of

 def total(items):
     return sum(¦price_of(item) for item in items)
`,
    { 'app/prices.py': 'def price_of(item):\n    return item["price"]\n' },
  ],
  [
    'a module of the standard library',
    'NameError',
    "name 'math' is not defined",
    `+import math
+
 def up(n):
     return ¦math.ceil(n)
`,
  ],
  [
    'a module that was renamed',
    'ModuleNotFoundError',
    "No module named 'app.price'",
    `-¦from app.price import price_of
+from app.prices import price_of
`,
    { 'app/prices.py': 'def price_of(item):\n    return item["price"]\n' },
  ],
  [
    'a name that was renamed',
    'ImportError',
    "cannot import name 'prices_of' from 'app.prices' (/w/app/prices.py)",
    `-¦from app.prices import prices_of
+from app.prices import price_of

 def total(items):
-    return sum(prices_of(item) for item in items)
+    return sum(price_of(item) for item in items)
`,
    { 'app/prices.py': 'def price_of(item):\n    return item["price"]\n' },
  ],
  [
    'a member that is spelt otherwise',
    'AttributeError',
    "'Cart' object has no attribute 'itmes'",
    ` class Cart:
     def __init__(self):
         self.items = []

 def size(cart):
-    return len(¦cart.itmes)
+    return len(cart.items)
`,
  ],
  [
    'a method that is read from before it is called',
    'AttributeError',
    "'function' object has no attribute 'name'",
    ` def first(cart):
-    return ¦cart.owner.name
+    return cart.owner().name
`,
  ],
  [
    'a call that nobody awaits',
    'AttributeError',
    "'coroutine' object has no attribute 'name'",
    ` async def find(id):
     return None

 async def show(id):
-    user = find(id)
+    user = await find(id)
     return ¦user.name
`,
  ],
  [
    'a keyword that was renamed',
    'TypeError',
    "send() got an unexpected keyword argument 'adress'",
    ` def send(to, address=None):
     return to

 def post(to):
-    return ¦send(to, adress=to)
+    return send(to, address=to)
`,
  ],
  [
    'an argument that is missing',
    'TypeError',
    "send() missing 1 required positional argument: 'address'",
    ` def send(to, address):
     return to

 def post(to, address):
-    return ¦send(to)
+    return send(to, address)
`,
  ],
  [
    'a global that a function changes',
    'UnboundLocalError',
    "cannot access local variable 'count' where it is not associated with a value",
    ` count = 0

 def add():
+    global count
     count = ¦count + 1
     return count
`,
  ],
  [
    'a result that is never returned',
    'TypeError',
    "'NoneType' object is not subscriptable",
    ` def load(path):
     found = {"path": path}
     found["size"] = 1
+    return found

 def size(path):
     found = load(path)
     return ¦found["size"]
`,
  ],
  [
    'a number added to a text',
    'TypeError',
    'can only concatenate str (not "int") to str',
    ` def shown(count):
-    return ¦"count: " + count
+    return "count: " + str(count)
`,
  ],
  [
    'keys and values',
    'ValueError',
    'too many values to unpack (expected 2)',
    ` def shown(table):
-    ¦for key, value in table:
+    for key, value in table.items():
         print(key, value)
`,
  ],
  [
    'a key that the same file reads with a default',
    'KeyError',
    "'pear'",
    ` def add(stock, name):
     return stock.get(name, 0) + 1

 def left(stock, name):
-    return ¦stock[name]
+    return stock.get(name, 0)
`,
  ],
  [
    'a misspelt key',
    'KeyError',
    "'adress'",
    ` def new(value):
     return {"address": value}

 def shown(value):
-    return ¦value["adress"]
+    return value["address"]
`,
  ],
  [
    'an element of an empty list, as a neighbour has it',
    'IndexError',
    'list index out of range',
    ` def last(items):
     if not items:
         return None
     return items[-1]

 def first(items):
+    if not items:
+        return None
     return ¦items[0]
`,
  ],
  [
    'something that is None, as a neighbour has it',
    'AttributeError',
    "'NoneType' object has no attribute 'name'",
    ` def owner(db, id):
     row = db.get(id)
     if row is None:
         return None
     return row.owner

 def name(db, id):
     row = db.get(id)
+    if row is None:
+        return None
     return ¦row.name
`,
  ],
  [
    'a match that is not found',
    'AttributeError',
    "'NoneType' object has no attribute 'group'",
    ` import re

 def year(text):
     if not text:
         raise ValueError(text)
-    return ¦re.match(r"\\d+", text).group()
+    match = re.match(r"\\d+", text)
+    if match is None:
+        raise ValueError(text)
+    return match.group()
`,
  ],
  [
    'a forgotten colon',
    'SyntaxError',
    "expected ':'",
    ` def size(items):
-    ¦if not items  # none
+    if not items:  # none
         return 0
     return len(items)
`,
  ],
  [
    'a bracket that is not closed',
    'SyntaxError',
    "'(' was never closed",
    ` def size(items):
-    return ¦len(items
+    return len(items)
`,
  ],
  [
    'an assignment in a condition',
    'SyntaxError',
    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    ` def size(items):
-    ¦if items = None:
+    if items == None:
         return 0
     return 1
`,
  ],
  [
    'an indentation that is off',
    'IndentationError',
    'unindent does not match any outer indentation level',
    ` def size(items):
     count = 0
-   ¦return count
+    return count
`,
  ],
]
