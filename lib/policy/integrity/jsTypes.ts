import ts from 'typescript'
import type { Line, NumberedChange } from '../lines.ts'
import { fresh, type Mark, type Remark } from './mark.ts'
import type { Reader } from './side.ts'
import { functionAround, keyOf, lineOf } from './syntax.ts'

/** `any` in any place, and detours by which a value becomes whatever is asked for. */
export const typeMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const detour =
      ts.isAsExpression(node) &&
      (node.type.kind === ts.SyntaxKind.NeverKeyword ||
        (ts.isAsExpression(node.expression) && node.expression.type.kind === ts.SyntaxKind.UnknownKeyword))
    if (!detour && (node.kind !== ts.SyntaxKind.AnyKeyword || ofRest(node))) return []
    const kind = `${detour ? 'detour' : 'any'} in ${functionAround(node)}`
    return [{ rule: 'type-escape' as const, line: lineOf(node), key: keyOf(detour ? node : node.parent), kind }]
  })

/** `...rest: any[]`: what is left over is handed on as it is. */
const ofRest = ({ parent }: ts.Node): boolean =>
  ts.isArrayTypeNode(parent) && ts.isParameter(parent.parent) && !!parent.parent.dotDotDotToken

const DIRECTIVE =
  /@ts-(?:ignore|nocheck|expect-error)|\b(?:eslint|tslint|oxlint|stylelint)-disable[\w-]*|\b(?:biome|deno-lint)-ignore[\w-]*|\bjshint\b|#\s*(?:noqa|type:\s*ignore|pylint:\s*disable|nosec|mypy:)|\bnolint\b|@SuppressWarnings|#!?\[allow\(|#\s*pragma:\s*no\s*cover/

/** Comments by which a checker is told to look away: in any language, those that came and did not go elsewhere. */
export const directives = ({ came, went }: NumberedChange): Remark[] => fresh(directivesOf(went), directivesOf(came))

const directivesOf = (lines: Line[]): Mark[] =>
  lines.flatMap(({ number, text }) => {
    const key = DIRECTIVE.exec(text)?.[0]
    const why = 'It switches a check off instead of passing it.'
    return key ? [{ rule: 'type-escape', line: number, key, why }] : []
  })
