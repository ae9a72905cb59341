import { isRare, isSpecific, type TestFacts, valuesOf } from './literals.ts'

const bare = (value: string): string => value.toLowerCase().replace(/[^a-z0-9]/g, '')

/**
 * Tells an answer a program has to work out: a number, or a text with one, or another spelling of the test's own input.
 * Words for what is not there, or not right, are what a program is told to say.
 */
export function workedOut(facts: TestFacts): (value: string) => boolean {
  const { given, expected } = valuesOf(facts)
  const inputs = [...given].filter((one) => isRare(one) && bare(one).length > 3)
  return (value) =>
    expected.has(value) &&
    isSpecific(value) &&
    (/\d/.test(value) || inputs.some((one) => one !== value && bare(one) === bare(value)))
}
