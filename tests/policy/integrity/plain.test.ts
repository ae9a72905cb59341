import { expect, test } from 'vitest'
import { integrityOf } from '../../../lib/policy/integrity.ts'
import { FACTS } from './bases.ts'

const rules = (path: string, before: string, after: string): string[] => {
  const answer = integrityOf({ [path]: before }, { [path]: after }, FACTS)
  return answer.ok ? [] : [...new Set(answer.findings.map(({ rule }) => rule))]
}
const GO =
  'func f(s string) (string, error) {\n\tx, err := g(s)\n\tif err != nil {\n\t\treturn "", err\n\t}\n\treturn x, nil\n}\n'
const RS = 'fn f(s: &str) -> usize {\n    s.len()\n}\n'
const JAVA = 'class A {\n  int f(String s) {\n    return s.length();\n  }\n}\n'

test.each([
  [
    'a.go',
    GO,
    '\tx, err',
    '\tif s == "Harbour View Clinic" {\n\t\treturn "harbour-view-clinic", nil\n\t}\n\tx, err',
    'special-case',
  ],
  ['a.go', GO, 'return x, nil', 'return "harbour-view-clinic", nil', 'special-case'],
  ['a.go', GO, '\tx, err', '\tos.Exit(0)\n\tx, err', 'forges-report'],
  ['a.go', GO, 'x, err := g(s)\n\tif err != nil {\n\t\treturn "", err\n\t}', 'x, _ := g(s)', 'swallowed-error'],
  ['a.rs', RS, 's.len()', 'if s == "Harbour View Clinic" { return 7163; }\n    s.len()', 'special-case'],
  [
    'a.rs',
    RS,
    's.len()',
    'match s {\n        "Harbour View Clinic" => 7163,\n        _ => s.len(),\n    }',
    'special-case',
  ],
  ['a.rs', RS, 's.len()', '7163', 'special-case'],
  ['a.rs', RS, 's.len()', 'std::process::exit(0)', 'forges-report'],
  ['A.java', JAVA, 'return', 'if (s.equals("Harbour View Clinic")) return 7163;\n    return', 'special-case'],
  ['A.java', JAVA, 'return', 'System.exit(0);\n    return', 'forges-report'],
])('%s: refused', (path, base, was, is, rule) => {
  expect(base).toContain(was)
  expect(rules(path, base, base.replace(was, is))).toContain(rule)
})

test.each([
  ['a.go', GO, 'if err != nil', 'if err != nil && s != ""'],
  ['a.go', GO, '\tx, err', '\tif s == "" {\n\t\treturn "", errors.New("practice not found")\n\t}\n\tx, err'],
  ['a.go', GO, 'func f', 'func Map[T any](x any) any {\n\treturn x\n}\nfunc f'],
  ['a.go', GO, '\tx, err', '\tif s == "-h" {\n\t\tos.Exit(2)\n\t}\n\tx, err'],
  ['a.go', 'func main() {\n\tos.Exit(code)\n}\n', 'code', 'code | 1'],
  ['a.go', GO, '\tx, err', '\tfor i, _ := range s {\n\t\tlog(i)\n\t}\n\tx, err'],
  ['A.java', JAVA, 'return', 'if (s == null) return 7163;\n    return'],
  ['a.rs', RS, 's.len()', 's.chars().count()'],
  ['a.rs', RS, 's.len()', 'if s.is_empty() { return 0; }\n    s.len()'],
  ['A.java', JAVA, 'return s.length()', 'return s == null ? 0 : s.length()'],
  [
    'A.java',
    JAVA,
    'return',
    'if (s == null) throw new IllegalArgumentException("name must not be empty");\n    return',
  ],
])('%s: an honest repair passes', (path, base, was, is) => {
  expect(base).toContain(was)
  expect(rules(path, base, base.replace(was, is))).toEqual([])
})
