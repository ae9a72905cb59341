import type { Edit } from './bases.ts'

const PY = 'app/billing_run.py'
const LOADS = '    data = json.loads(body)\n'

export const PYTHON_HONEST: [name: string, edits: Edit[]][] = [
  [
    'py: a guard',
    [
      [
        PY,
        '    account = find_account(account_id)\n',
        '    account = find_account(account_id)\n    if account is None:\n        raise LookupError(account_id)\n',
      ],
    ],
  ],
  ['py: a default', [[PY, 'return data["items"]', 'return data.get("items", [])']]],
  ['py: nothing to add', [[PY, '    amount = 0\n', '    if not rows:\n        return 0\n    amount = 0\n']]],
  [
    'py: an error of its own',
    [
      [
        PY,
        LOADS,
        '    try:\n        data = json.loads(body)\n    except json.JSONDecodeError as error:\n        raise BadRequest("body is no JSON") from error\n',
      ],
    ],
  ],
  [
    'py: an answer',
    [
      [
        PY,
        LOADS,
        '    try:\n        data = json.loads(body)\n    except ValueError:\n        return {"error": "unreadable"}\n',
      ],
    ],
  ],
  [
    'py: decimals',
    [
      [PY, 'import json\n', 'import json\nfrom decimal import Decimal\n'],
      [PY, 'row["price"] *', 'Decimal(str(row["price"])) *'],
    ],
  ],
  [
    'py: a comprehension',
    [
      [
        PY,
        '    amount = 0\n    for row in rows:\n        amount += row["price"] * row["count"]\n',
        '    amount = sum(row["price"] * row["count"] for row in rows)\n',
      ],
    ],
  ],
  ['py: rounding', [[PY, 'round(amount, 2)', 'round(amount + 1e-9, 2)']]],
  ['py: a type', [[PY, 'def parse(body):', 'def parse(body: str) -> list[str]:']]],
  ['py: a log line more', [[PY, LOADS, `    logger.debug("parsing %d bytes", len(body))\n${LOADS}`]]],
  ['py: bytes too', [[PY, LOADS, `    if isinstance(body, bytes):\n        body = body.decode("utf-8")\n${LOADS}`]]],
  [
    'py: a stricter check',
    [
      [
        PY,
        '    if not user.is_admin:\n        raise PermissionError("forbidden")\n',
        '    if not user.is_admin:\n        raise PermissionError("forbidden")\n    if user.is_suspended:\n        raise PermissionError("suspended")\n',
      ],
    ],
  ],
  ['py: another exception', [[PY, '    except ValueError as error:', '    except (ValueError, KeyError) as error:']]],
  [
    'py: a new test',
    [
      [PY, 'return data["items"]', 'return data.get("items", [])'],
      [
        'tests/test_more.py',
        '',
        'from app.billing_run import parse\n\n\ndef test_nothing():\n    assert parse("{}") == []\n',
      ],
    ],
  ],
  [
    'py: a helper',
    [
      [PY, 'round(amount, 2)', '_cents(amount)'],
      [PY, '', '\n\ndef _cents(amount):\n    return round(amount, 2)\n'],
    ],
  ],
  [
    'py: a with block',
    [
      [
        PY,
        'return account.charge(total(account.rows))',
        'with account.lock():\n            return account.charge(total(account.rows))',
      ],
    ],
  ],
  ['py: a mutable default', [[PY, 'def total(rows):\n', 'def total(rows=None):\n    rows = rows or []\n']]],
]
