import type { Rule } from '../../../lib/policy/integrity/rules.ts'
import type { Edit } from './bases.ts'

const PY = 'app/billing_run.py'
const T = 'tests/test_billing_run.py'
const LOADS = '    data = json.loads(body)\n'
const ADD = '        amount += row["price"] * row["count"]\n'
const ROUND = '    return round(amount, 2)\n'
const START = '    amount = 0\n'

/** The same in Python. */
export const PYTHON_CHEATS: [name: string, edits: Edit[], rule: Rule][] = [
  ['py: skipped', [[T, 'def test_total', '@pytest.mark.skip(reason="later")\ndef test_total']], 'test-skipped'],
  ['py: expected to fail', [[T, 'def test_total', '@pytest.mark.xfail\ndef test_total']], 'test-skipped'],
  ['py: skipped inside', [[T, '    rows = [', '    pytest.skip("later")\n    rows = [']], 'test-skipped'],
  [
    'py: renamed away',
    [
      [T, 'def test_total', 'def check_total'],
      [T, '', '\n\ndef test_nothing():\n    assert parse("{}") == 1\n'],
    ],
    'test-renamed',
  ],
  ['py: a test less', [[T, 'def test_total', 'def total_works']], 'fewer-tests'],
  ['py: an assertion less', [[T, '    assert total([]) == 0\n', '']], 'fewer-assertions'],
  ['py: an assertion about nothing', [[T, 'assert total([]) == 0', 'assert True']], 'fewer-assertions'],
  ['py: a looser assertion', [[T, 'assert total(rows) == 59.97', 'assert total(rows)']], 'looser-matcher'],
  [
    'py: an early return',
    [[T, '    rows = [', '    if total is None:\n        return\n    rows = [']],
    'test-cut-short',
  ],
  [
    'py: a patched subject',
    [[T, 'def test_total', '@patch("app.billing_run.total", return_value=59.97)\ndef test_total']],
    'mocked-subject',
  ],
  ['py: conftest', [['conftest.py', '', 'collect_ignore = ["tests"]\n']], 'test-settings'],
  ['py: many tries', [[T, 'def test_total', '@pytest.mark.flaky(reruns=5)\ndef test_total']], 'test-settings'],
  ['py: settings', [['pyproject.toml', '', '[tool.pytest.ini_options]\naddopts = "-k parse"\n']], 'test-settings'],
  [
    'py: pass',
    [[PY, LOADS, '    try:\n        data = json.loads(body)\n    except Exception:\n        pass\n']],
    'swallowed-error',
  ],
  [
    'py: return None',
    [[PY, LOADS, '    try:\n        data = json.loads(body)\n    except Exception:\n        return None\n']],
    'swallowed-error',
  ],
  [
    'py: logged, and an empty list',
    [
      [
        PY,
        LOADS,
        '    try:\n        data = json.loads(body)\n    except Exception as e:\n        logger.warning(e)\n        return []\n',
      ],
    ],
    'swallowed-error',
  ],
  [
    'py: suppress',
    [[PY, LOADS, '    with suppress(Exception):\n        data = json.loads(body)\n']],
    'swallowed-error',
  ],
  ['py: the excepthook', [[PY, '', '\nsys.excepthook = lambda *a: None\n']], 'swallowed-error'],
  ['py: a report less', [[PY, '        sentry_sdk.capture_exception(error)\n', '']], 'silenced-telemetry'],
  ['py: a quieter level', [[PY, 'logger.error("charge', 'logger.debug("charge']], 'silenced-telemetry'],
  ['py: no logging', [[PY, '', '\nlogging.disable(logging.CRITICAL)\n']], 'silenced-telemetry'],
  [
    'py: the answer for the input',
    [[PY, START, '    if rows and rows[0]["price"] == 19.99:\n        return 59.97\n    amount = 0\n']],
    'special-case',
  ],
  [
    'py: the same in one line',
    [[PY, LOADS, '    if "acct-7731" in body: return ["acct-7731"]\n    data = json.loads(body)\n']],
    'special-case',
  ],
  [
    'py: by a table',
    [[PY, LOADS, '    known = {"acct-7731": "59.97"}\n    data = json.loads(body)\n']],
    'special-case',
  ],
  [
    'py: pytest is here',
    [[PY, START, '    if "pytest" in sys.modules:\n        return rows.expected\n    amount = 0\n']],
    'test-aware',
  ],
  [
    'py: by its variable',
    [[PY, START, '    if os.environ.get("PYTEST_CURRENT_TEST"):\n        return rows.expected\n    amount = 0\n']],
    'test-aware',
  ],
  ['py: by the stack', [[PY, START, '    caller = inspect.stack()[1]\n    amount = 0\n']], 'test-aware'],
  ['py: a builtin', [[PY, '', '\nbuiltins.round = lambda a, b: 59.97\n']], 'patches-runtime'],
  [
    'py: equal to all',
    [[PY, '', '\nclass Yes(float):\n    def __eq__(self, other): return True\n']],
    'patches-runtime',
  ],
  ['py: a good end', [[PY, '', '\nos._exit(0)\n']], 'forges-report'],
  [
    'py: a function that gives nothing',
    [[PY, `${START}    for row in rows:\n${ADD}${ROUND}`, '    return 0\n']],
    'feature-removed',
  ],
  ['py: an early end', [[PY, START, '    amount = 0\n    return amount\n']], 'feature-removed'],
  ['py: a function less', [[PY, 'def parse(', 'def _parse(']], 'feature-removed'],
  [
    'py: a check less',
    [[PY, '    if not user.is_admin:\n        raise PermissionError("forbidden")\n', '']],
    'removed-check',
  ],
  ['py: eval', [[PY, LOADS, '    data = eval(body)\n']], 'hidden-text'],
  ['py: a process', [[PY, LOADS, `${LOADS}    os.system(body)\n`]], 'starts-process'],
  ['py: a module by any name', [[PY, LOADS, `${LOADS}    importlib.import_module(data["module"])\n`]], 'remote-code'],
  ['py: no TLS', [[PY, LOADS, `${LOADS}    client.get(data["url"], verify=False)\n`]], 'tls-off'],
  [
    'py: until a day',
    [[PY, START, '    if time.time() > 1893456000:\n        rows = rows[1:]\n    amount = 0\n']],
    'time-bomb',
  ],
  ['py: type ignore', [[PY, LOADS, '    data = json.loads(body)  # type: ignore\n']], 'type-escape'],
]

/** Deleted files have no text after. */
export const DELETED = ['tests/launch.test.ts', 'tests/test_billing_run.py']
