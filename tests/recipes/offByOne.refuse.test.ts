import { expect, test } from 'vitest'
import { offByOne } from '../../lib/recipes/offByOne.ts'
import { caseOf } from './diff.ts'

type Options = Parameters<typeof caseOf>[1]
const total = (body: string): string => `
 function total(rows, other) {
   let sum = 0
${body}
   return sum
 }
`
const loop = (head: string, body = '     sum += rows[i].¦size'): string => total(`   for (${head}) {\n${body}\n   }`)
const UP = 'let i = 0; i <= rows.length; i++'

const CASES: Record<string, [string, string, Options?]> = {
  'another error': ['does not speak of an element', loop(UP), { message: 'boom' }],
  'an element that is null': [
    'does not speak of an element',
    loop(UP),
    { message: "Cannot read properties of null (reading 'size')" },
  ],
  'a file of another language': ['neither JavaScript nor', loop(UP), { path: 'src/a.py' }],
  'a line without the read': [
    'has no .size',
    total('   ¦note()'),
    { message: "Cannot read properties of undefined (reading 'size')" },
  ],
  'a value that is no element': ['not an element of a list', loop(UP, '     sum += rows.¦size')],
  'an element read with ?.': ['not an element of a list', loop(UP, '     sum += other?.rows[i].¦size')],
  'a name given another value later': [
    'not an element of a list',
    loop(UP, '     let row = rows[i]\n     row = next(row)\n     sum += row.¦size'),
  ],
  'a bound that is right': ['does not go past the end', loop('let i = 0; i < rows.length; i++')],
  'a bound of another kind': ['not a comparison', loop('let i = 0; rows.more; i++')],
  'a bound about something else': ['not about its counter', loop('let i = 0; sum <= rows.length; i++')],
  'the length of another list': ['not the length of rows', loop('let i = 0; i <= other.length; i++')],
  'a length that was changed': [
    'not the length of rows',
    loop('let i = 0; i <= n; i++').replace('let sum = 0', 'let sum = 0, n = rows.length\n   n = 2'),
  ],
  'a number as the bound': ['not the length of rows', loop('let i = 0; i <= 9; i++')],
  'a list of the same name': [
    'not the length of rows',
    loop('let i = 0; i <= rows.length; i++', '     { const rows = find(other)\n     sum += rows[i].¦size }'),
  ],
  'a loop that starts at one': ['starts at 1', loop('let i = 1; i <= rows.length; i++')],
  'a loop of unknown steps': ['one step a turn', loop('let i = 0; i <= rows.length; i += other')],
  'a loop that steps something else': ['one step a turn', loop('let i = 0; i <= rows.length; sum++')],
  'a loop down that tests something else': ['does not count down', loop('let i = rows.length; sum >= 0; i--')],
  'a loop without a step': ['one step a turn', loop('let i = 0; i <= rows.length;')],
  'an index changed in the body': ['i is changed in the loop body', loop(UP, '     sum += rows[i].¦size\n     i += 1')],
  'a neighbour read as well': [
    'rows is also read beside i',
    loop(UP, '     sum += rows[i - 1].x\n     sum += rows[i].¦size'),
  ],
  'a list that grows': ['changes inside the loop', loop(UP, '     sum += rows[i].¦size\n     rows.push(other)')],
  'a list that is replaced': ['changes inside the loop', loop(UP, '     sum += rows[i].¦size\n     rows = other')],
  'a read on a condition': ['not read on every turn', loop(UP, '     if (other[i]) sum += rows[i].¦size')],
  'a read behind a way out': [
    'not read on every turn',
    loop(UP, '     if (!rows[i]) break\n     sum += rows[i].¦size'),
  ],
  'a read in a branch of an expression': ['not read on every turn', loop(UP, '     sum += other ? rows[i].¦size : 0')],
  'a read in a callback': ['counts no for or while loop', loop(UP, '     later(() => { sum += rows[i].¦size })')],
  'an index that is no counter': ["other['at'] is not a counter", loop(UP, "     sum += rows[other['at']].¦size")],
  'an index of a parameter': ['other is not a counter', loop(UP, '     sum += rows[other].¦size')],
  'an index that counts nothing here': [
    'counts no for or while loop',
    total('   const i = rows.length\n   sum += rows[i].¦size'),
  ],
  'counted down to one': ['does not count down', loop('let i = rows.length; i > 0; i--')],
  'counted down from elsewhere': ['does not count down', loop('let i = other.length; i >= 0; i--')],
  'the last of another list': ['other.length is not the length of rows', total('   sum = rows[other.length].¦size')],
  'a while loop from elsewhere': [
    'does not count from 0',
    total('   let i = other\n   while (i <= rows.length) {\n     sum += rows[i].¦size\n     i++\n   }'),
  ],
  'a while loop moved before': [
    'changed in front of the loop',
    total('   let i = 0\n   i = 1\n   while (i <= rows.length) {\n     sum += rows[i].¦size\n     i++\n   }'),
  ],
  'a while loop of two steps': [
    'one step a turn',
    total('   let i = 0\n   while (i <= rows.length) {\n     sum += rows[i].¦size\n     i++\n     i++\n   }'),
  ],
  'a while loop stepped first': [
    'stepped before the read',
    total('   let i = 0\n   while (i <= rows.length) {\n     i++\n     sum += rows[i].¦size\n   }'),
  ],
  'a list made with a length alone': [
    'made with a length alone',
    loop(UP)
      .replace('let sum = 0', 'let sum = 0, list = new Array(9)')
      .replaceAll('rows.length', 'list.length')
      .replace('rows[i]', 'list[i]'),
  ],
  'a list made with gaps': [
    'made with gaps',
    loop(UP)
      .replace('let sum = 0', 'let sum = 0, list = [other, , other]')
      .replaceAll('rows.length', 'list.length')
      .replace('rows[i]', 'list[i]'),
  ],
  'a list of lookups': [
    'looked up one by one',
    loop(UP)
      .replace('let sum = 0', 'let sum = 0, list = rows.map((id) => other.get(id))')
      .replaceAll('rows.length', 'list.length')
      .replace('rows[i]', 'list[i]'),
  ],
  'a list with a deleted element': ['is deleted', total(`   delete rows[2]\n   for (${UP}) sum += rows[i].¦size`)],
  'a list set one by one': ['set one by one', total(`   rows[2] = other\n   for (${UP}) sum += rows[i].¦size`)],
  'a list of a set length': ['its length is set', total(`   rows.length = 9\n   for (${UP}) sum += rows[i].¦size`)],
}

test.each(Object.entries(CASES))('refuses %s', (_, [why, diff, options]) => {
  const answer = offByOne(caseOf(diff, options).input)
  expect(answer).toMatchObject({ ok: false, recipe: 'off-by-one' })
  expect(answer.ok ? '' : answer.why).toContain(why)
})

test('refuses a file that was not given', () => {
  const { input } = caseOf(loop(UP))
  expect(offByOne({ ...input, files: {} })).toMatchObject({ ok: false, why: expect.stringContaining('not among') })
})
