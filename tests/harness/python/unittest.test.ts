import { expect, test } from 'vitest'
import { collected, states } from './run.ts'

const STOCK = {
  'stock.py': `def left(stock, name):
    return stock[name]
`,
  'tests/__init__.py': '',
  'tests/test_stock.py': `import unittest
from stock import left

class TestLeft(unittest.TestCase):
    def test_known(self):
        self.assertEqual(left({"a": 1}, "a"), 1)

    def test_other(self):
        self.assertEqual(2, left({"a": 1}, "a"))

    def test_unknown(self):
        left({}, "a")

    @unittest.skip("later")
    def test_later(self):
        pass

    def test_parts(self):
        for n in (1, 2):
            with self.subTest(n=n):
                self.assertEqual(n, 1)

class TestSetUp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise OSError("no disk")

    def test_any(self):
        pass

if __name__ == "__main__":
    unittest.main()
`,
  'tests/test_broken.py': 'import nothing_of_that_name\n',
}

const ALL = {
  'tests/test_broken.py': 'failed',
  'tests/test_stock.py > TestLeft > test_known': 'passed',
  'tests/test_stock.py > TestLeft > test_later': 'skipped',
  'tests/test_stock.py > TestLeft > test_other': 'failed',
  'tests/test_stock.py > TestLeft > test_parts': 'failed',
  'tests/test_stock.py > TestLeft > test_unknown': 'failed',
  'tests/test_stock.py > TestSetUp > setUpClass': 'failed',
}

test('every test is told with how it ended and why', async () => {
  const { collected: answer, output } = await collected(STOCK, 'python3 -m unittest')
  expect(answer?.runner).toBe('unittest')
  expect(states(answer), output).toEqual(ALL)
  const failureOf = (end: string) => answer?.tests.find(({ id }) => id.endsWith(end))?.failure
  expect(failureOf('test_unknown')).toMatchObject({
    type: 'KeyError',
    message: "'a'",
    frames: [
      { path: 'stock.py', line: 2, column: 12, function: 'left' },
      { path: 'tests/test_stock.py', line: 12 },
    ],
  })
  expect(failureOf('test_other')).toMatchObject({ type: 'AssertionError', expected: '2', actual: '1' })
  expect(failureOf('test_parts')).toMatchObject({ expected: '1', actual: '2' })
  expect(failureOf('test_broken.py')).toMatchObject({
    type: 'ModuleNotFoundError',
    message: "No module named 'nothing_of_that_name'",
    frames: [{ path: 'tests/test_broken.py', line: 1 }],
  })
})

test.each(['python3 tests/test_stock.py', 'PYTHONPATH=. python3 tests/test_stock.py -v'])('%s', async (command) => {
  const files = { ...STOCK, 'tests/stock.py': STOCK['stock.py'] }
  const { 'tests/test_broken.py': _, ...sound } = ALL
  expect(states((await collected(files, command)).collected)).toEqual(sound)
})

test('selected tests run alone, with the lines they ran', async () => {
  const only = [{ file: 'tests/test_stock.py', titles: ['TestLeft', 'test_known'] }]
  const { collected: answer } = await collected(STOCK, 'python3 -m unittest', { only, coverage: true })
  const { 'tests/test_stock.py > TestLeft > test_known': _, ...others } = states(answer)
  expect(Object.values(others)).not.toContain('passed')
  expect(answer?.coverage?.['stock.py']).toEqual([1, 2, 1])
})

test('a file chosen whole says that it can be imported', async () => {
  const only = [{ file: 'tests/test_stock.py', titles: [] }]
  const { collected: answer } = await collected(STOCK, 'python3 -m unittest', { only })
  expect(states(answer)).toMatchObject({
    'tests/test_stock.py': 'passed',
    'tests/test_stock.py > TestLeft > test_known': 'passed',
  })
})

test('unittest under pytest is told once, by pytest', async () => {
  const { collected: answer } = await collected(STOCK, 'python3 -m pytest tests/test_stock.py')
  expect(answer?.runner).toBe('pytest')
  expect(states(answer)).toMatchObject({
    'tests/test_stock.py > TestLeft > test_known': 'passed',
    'tests/test_stock.py > TestLeft > test_other': 'failed',
  })
  expect(answer?.tests.find(({ id }) => id.endsWith('test_other'))?.failure).toMatchObject({
    expected: '2',
    actual: '1',
  })
})

test('a process that runs no tests is left as it is, with its own sitecustomize', async () => {
  const files = { 'sitecustomize.py': 'print("the own one")\n', 'a.py': 'print("done")\n' }
  const { collected: answer, output, exit } = await collected(files, 'PYTHONPATH=$PYTHONPATH:. python3 a.py')
  expect([answer, output, exit]).toEqual([null, 'the own one\ndone\n', 0])
})

test('a test that runs tests reports only itself', async () => {
  const inner = 'import unittest\nclass Inner(unittest.TestCase):\n    def test_no(self): self.fail()\n'
  const files = {
    'inner.py': inner,
    'test_outer.py': `import subprocess, sys, unittest, inner
class Outer(unittest.TestCase):
    def test_here(self):
        unittest.defaultTestLoader.loadTestsFromModule(inner).run(unittest.TestResult())
    def test_there(self):
        self.assertEqual(subprocess.run([sys.executable, "-m", "unittest", "inner"]).returncode, 1)
`,
  }
  expect(states((await collected(files, 'python3 -m unittest')).collected)).toEqual({
    'test_outer.py > Outer > test_here': 'passed',
    'test_outer.py > Outer > test_there': 'passed',
  })
})
