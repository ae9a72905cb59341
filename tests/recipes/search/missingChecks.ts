import type { Row } from './statementRow.ts'

/** What a check that is missing would have kept from happening. */
export const CHECKS: Row[] = [
  [
    'check',
    'what was looked up is never used',
    `
 function f(cache, key, load) {
   const known = cache.get(key)
+  if (known !== undefined) return known
   return load(key)
 }
`,
    8,
    { actual: '2', expected: '1' },
  ],
  [
    'check',
    'items that are passed over',
    `
 function f(list, find) {
   const out = []
   for (const one of list) {
     const found = find(one)
+    if (!found) continue
     out.push(one.name)
   }
   return out
 }
`,
    12,
    { actual: "[ 'a', 'b' ]", expected: "[ 'a' ]" },
  ],
]
