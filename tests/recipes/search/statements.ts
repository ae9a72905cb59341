import { CHECKS } from './missingChecks.ts'
import type { Row } from './statementRow.ts'

export const ROWS: Row[] = [
  ...CHECKS,
  [
    'await',
    'a promise that is compared',
    `
 async function f(load) {
-  const value = load('a')
+  const value = await load('a')
   return value
 }
`,
    2,
    { actual: 'Promise { <pending> }', expected: "'a'" },
  ],
  [
    'await',
    'a promise returned out of a try',
    `
 async function f(send) {
   try {
-    return send()
+    return await send()
   } catch {
     return null
   }
 }
`,
    4,
    { type: 'Error', message: 'busy' },
  ],
  [
    'await-all',
    'a mapped list',
    `
 async function f(ids, load) {
-  const all = ids.map(async (id) => load(id))
+  const all = await Promise.all(ids.map(async (id) => load(id)))
   return all
 }
`,
    2,
    { actual: '[ Promise { <pending> } ]', expected: '[ 1 ]' },
  ],
  [
    'guard',
    "a neighbour's guard",
    `
 function first(list) {
   if (list.length === 0) throw new RangeError('empty')
   return list[0]
 }
 function last(list) {
+  if (list.length === 0) throw new RangeError('empty')
   return list[list.length - 1]
 }
`,
    3,
    { message: 'Missing expected exception (RangeError).' },
  ],
  [
    'guard',
    'nothing is given',
    `
 function shout(text) {
+  if (text == null) return ''
   return text.toUpperCase().trim()
 }
`,
    30,
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'toUpperCase')" },
  ],
  [
    'only-if',
    'a callback nobody has to give',
    `
 function f(a, done) {
   a.run()
-  done(null)
+  if (done) done(null)
 }
`,
    4,
    { type: 'TypeError', message: 'done is not a function' },
  ],
  [
    'leaving',
    'a case that falls through',
    `
 function f(kind) {
   let out = 0
   switch (kind) {
     case 'a':
       out += 1
+      break
     case 'b':
       out += 2
       break
   }
   return out
 }
`,
    6,
    { actual: '3', expected: '1' },
  ],
  [
    'leaving',
    'the other way out',
    `
 function f(list) {
   for (const one of list) {
-    if (one.skip) break
+    if (one.skip) continue
     one.run()
   }
 }
`,
    6,
  ],
  [
    'early-return',
    'an answer at the first item',
    `
 function all(list) {
   for (const one of list) {
     if (one.bad) {
       return false
-    } else {
-      return true
     }
   }
+  return true
 }
`,
    40,
    { actual: 'true', expected: 'false' },
  ],
  [
    'else',
    'two answers',
    `
 function f(n) {
   let out = ''
   if (n % 15 === 0) {
     out += 'both'
   }
-  if (n % 3 === 0) {
+  else if (n % 3 === 0) {
     out += 'three'
   }
   return out
 }
`,
    12,
    { actual: "'boththree'", expected: "'both'" },
  ],
  [
    'order',
    'a step too early',
    `
 function next(it) {
-  it.at += 1
-  it.seen.push(it.at)
+  it.seen.push(it.at)
+  it.at += 1
   return it
 }
`,
    9,
    { actual: '[ 1 ]', expected: '[ 0 ]' },
  ],
  [
    'scope',
    'a name that hides another',
    `
 function f(list) {
   let best = null
   for (const one of list) {
     if (one.good) {
-      const best = one
+      best = one
     }
   }
   return best
 }
`,
    4,
    { actual: 'null', expected: '{ good: true }' },
  ],
  [
    'loop',
    'an answer inside of the loop',
    `
 function sum(list) {
   let all = 0
   for (const one of list) {
     all += one
-    return all
   }
+  return all
 }
`,
    6,
    { actual: '1', expected: '6' },
  ],
  [
    'iterated-copy',
    'who leaves while being called',
    `
 function emit(listeners) {
-  for (const listener of listeners) listener()
+  for (const listener of [...listeners]) listener()
 }
`,
    4,
    { actual: '[ 1 ]', expected: '[ 1, 2 ]' },
  ],
  [
    'this',
    'a callback of its own',
    `
 class Counter {
   start(list) {
-    list.forEach(function (one) {
+    list.forEach((one) => {
       this.count += one
     })
   }
 }
`,
    4,
    { type: 'TypeError', message: "Cannot read properties of undefined (reading 'count')" },
  ],
  [
    'step',
    'what the other method does first',
    `
 class Cache {
   set(key, value) {
     this.entries.delete(key)
     this.entries.set(key, value)
   }
   touch(key, value) {
+    this.entries.delete(key)
     this.entries.set(key, value)
   }
 }
`,
    40,
    { actual: "[ 'b', 'a' ]", expected: "[ 'a', 'b' ]" },
  ],
  [
    'sharing',
    'a date of somebody else',
    `
 function tomorrow(date) {
-  const next = date
+  const next = new Date(date)
   next.setDate(next.getDate() + 1)
   return next
 }
`,
    6,
  ],
  [
    'condition',
    'all of it the other way round',
    `
 function f(a, b) {
-  if (a && b) {
+  if (!(a && b)) {
     return 1
   }
   return 2
 }
`,
    20,
  ],
]
