import ts from 'typescript'
import type { Line } from '../lines.ts'
import type { Remark } from './mark.ts'
import type { Reader } from './side.ts'
import { keyOf, lineOf } from './syntax.ts'

/** `any` in any place, and detours by which a value becomes whatever is asked for. */
export const typeMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const detour =
      ts.isAsExpression(node) &&
      (node.type.kind === ts.SyntaxKind.NeverKeyword ||
        (ts.isAsExpression(node.expression) && node.expression.type.kind === ts.SyntaxKind.UnknownKeyword))
    if (!detour && node.kind !== ts.SyntaxKind.AnyKeyword) return []
    return [{ rule: 'type-escape' as const, line: lineOf(node), key: keyOf(detour ? node : node.parent) }]
  })

const DIRECTIVE =
  /@ts-(?:ignore|nocheck|expect-error)|\b(?:eslint|tslint|oxlint|stylelint)-disable|\bbiome-ignore|\bjshint\b|#\s*(?:noqa|type:\s*ignore|pylint:\s*disable|nosec|mypy:)|\bnolint\b|@SuppressWarnings|#!?\[allow\(|#\s*pragma:\s*no\s*cover/

/** Comments by which a checker is told to look away: in any language, read from the lines that came. */
export const directives = (came: Line[]): Remark[] =>
  came
    .filter(({ text }) => DIRECTIVE.test(text))
    .map(({ number }) => ({ line: number, rule: 'type-escape', why: 'It switches a check off instead of passing it.' }))
