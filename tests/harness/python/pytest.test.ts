import { expect, test } from 'vitest'
import { collected, states } from './run.ts'

const SHOP = {
  'shop/__init__.py': '',
  'shop/price.py': `def total(items):
    result = 0
    for item in items:
        result += item["price"]
    return result


def unused():
    return None
`,
  'tests/test_price.py': `import pytest
from shop.price import total

class TestTotal:
    def test_empty(self):
        assert total([]) == 0

    @pytest.mark.parametrize("n", [1, 2])
    def test_many(self, n):
        assert total([{"price": 2}] * n) == 2

def test_key():
    total([{}])

@pytest.mark.skip
def test_later():
    pass

@pytest.mark.xfail
def test_known():
    assert False
`,
  'tests/test_broken.py': 'import nothing_of_that_name\n',
}

const COMMAND = 'python3 -m pytest -q'

test('every test is told with how it ended', async () => {
  const { collected: answer, exit } = await collected(SHOP, COMMAND)
  expect([exit, answer?.runner, answer?.coverage]).toEqual([2, 'pytest', null])
  expect(states(answer)).toEqual({ 'tests/test_broken.py': 'failed' })
  const { 'tests/test_broken.py': _, ...sound } = SHOP
  expect(states((await collected(sound, COMMAND)).collected)).toEqual({
    'tests/test_price.py > TestTotal > test_empty': 'passed',
    'tests/test_price.py > TestTotal > test_many[1]': 'passed',
    'tests/test_price.py > TestTotal > test_many[2]': 'failed',
    'tests/test_price.py > test_key': 'failed',
    'tests/test_price.py > test_later': 'skipped',
    'tests/test_price.py > test_known': 'skipped',
  })
})

test('a failure has its type, its sides and its places in the repository, the innermost first', async () => {
  const { collected: answer, output } = await collected(SHOP, 'python3 -m pytest --continue-on-collection-errors')
  const failed = (answer?.tests ?? []).flatMap(({ id, failure }) => (failure ? [{ id, ...failure }] : []))
  expect(failed, output).toMatchObject([
    {
      id: 'tests/test_broken.py',
      type: 'ModuleNotFoundError',
      message: "No module named 'nothing_of_that_name'",
      frames: [{ path: 'tests/test_broken.py', line: 1, function: '<module>' }],
    },
    {
      type: 'AssertionError',
      expected: '2',
      actual: '4',
      frames: [{ path: 'tests/test_price.py', line: 10, function: 'TestTotal.test_many' }],
    },
    {
      type: 'KeyError',
      message: "'price'",
      expected: null,
      frames: [
        { path: 'shop/price.py', line: 4, column: 19, function: 'total' },
        { path: 'tests/test_price.py', line: 13, column: 5, function: 'test_key' },
      ],
    },
  ])
  expect(failed[1]?.message).toContain("assert 4 == 2\n +  where 4 = total(([{'price': 2}] * 2))")
})

test('selected tests run alone, and a file chosen whole says that it can be imported', async () => {
  const file = 'tests/test_price.py'
  const only = [{ file, titles: ['TestTotal', 'test_many[2]'] }]
  expect(states((await collected(SHOP, COMMAND, { only })).collected)).toEqual({
    'tests/test_price.py > TestTotal > test_many[2]': 'failed',
  })
  const whole = states((await collected(SHOP, COMMAND, { only: [{ file, titles: [] }] })).collected)
  expect(whole).toMatchObject({ 'tests/test_price.py': 'passed', 'tests/test_price.py > test_key': 'failed' })
})

test('a conftest that cannot be imported is the failed test of the run', async () => {
  const { collected: answer } = await collected({ ...SHOP, 'conftest.py': 'import os\nos.nothing\n' }, COMMAND)
  expect(answer?.tests).toMatchObject([
    { id: 'conftest.py', failure: { type: 'AttributeError', frames: [{ path: 'conftest.py', line: 2 }] } },
  ])
})

test('a file that does not parse names the line', async () => {
  const { collected: answer } = await collected(
    { ...SHOP, 'shop/price.py': 'def total(items):\n    return (\n' },
    COMMAND,
  )
  expect(answer?.tests[1]?.failure).toMatchObject({
    type: 'SyntaxError',
    frames: [{ path: 'shop/price.py', line: 2 }, {}],
  })
})

test('a test that ends its process has failed', async () => {
  const files = { 'test_end.py': 'import os\ndef test_fine(): pass\ndef test_end(): os._exit(3)\n' }
  const { collected: answer } = await collected(files, COMMAND)
  expect(states(answer)).toEqual({ 'test_end.py > test_fine': 'passed', 'test_end.py > test_end': 'failed' })
})

test('coverage names the lines of the repository that ran', async () => {
  const only = [{ file: 'tests/test_price.py', titles: ['TestTotal', 'test_empty'] }]
  const { collected: answer } = await collected(SHOP, 'PYTHONPATH=. pytest', { only, coverage: true })
  expect(answer?.coverage).toMatchObject({ 'shop/price.py': [1, 3, 1, 5, 5, 1, 8, 8, 1] })
  expect(Object.keys(answer?.coverage ?? {}).filter((path) => !/^(shop|tests)\//.test(path))).toEqual([])
})
