import { expect, test } from 'vitest'
import { nearestTests } from '../../lib/policy/nearestTests.ts'

test.each<[why: string, path: string, tests: string[], texts: Record<string, string>, first: string]>([
  ['called like it', 'src/cart.js', ['test/a.test.js', 'test/cart.test.js'], {}, 'test/cart.test.js'],
  ['as Go does', 'cart/cart.go', ['cart/price_test.go', 'cart/cart_test.go'], {}, 'cart/cart_test.go'],
  ['as Python does', 'shop/cart.py', ['tests/test_price.py', 'tests/test_cart.py'], {}, 'tests/test_cart.py'],
  ['as Java does', 'a/Cart.java', ['b/PriceTest.java', 'b/CartTest.java'], {}, 'b/CartTest.java'],
  [
    'one that names it',
    'src/cart.js',
    ['test/a.js', 'test/zz.js'],
    { 'test/zz.js': "from '../src/cart.js'" },
    'test/zz.js',
  ],
  ['one in its own folder', 'a/b/cart.js', ['x.test.js', 'a/b/y.test.js'], {}, 'a/b/y.test.js'],
  ['its name before a mention', 'cart.js', ['b.test.js', 'cart.test.js'], { 'b.test.js': 'cart' }, 'cart.test.js'],
  ['a mention before its folder', 'a/cart.js', ['a/b.test.js', 't/c.js'], { 't/c.js': 'cart' }, 't/c.js'],
  ['the shortest of equals', 'x.js', ['test/longer.js', 'test/a.js'], {}, 'test/a.js'],
  ['the first of equals', 'x.js', ['test/b.js', 'test/a.js'], {}, 'test/a.js'],
])('the nearest is %s', (_, path, tests, texts, first) => {
  const sorted = nearestTests(tests, path, texts)
  expect(sorted[0]).toBe(first)
  expect([...sorted].sort()).toEqual([...tests].sort())
})

test('of none there is none, and without a place they keep an order', () => {
  expect(nearestTests([], 'a.js', {})).toEqual([])
  expect(nearestTests(['b.js', 'a.js'], '', {})).toEqual(['a.js', 'b.js'])
})
