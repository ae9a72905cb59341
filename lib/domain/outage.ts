import type { TestFailure } from './testRun.ts'

/** Codes and sentences of a host that was not reached, as clients, resolvers and npm say it. */
const NETWORK =
  /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ENOTCACHED)\b|cache mode is 'only-if-cached'|audit endpoint returned an error|Network is unreachable|Name or service not known|Temporary failure in name resolution|Connection refused(?! \w)/

/** Whether a test failed because there is no network where it runs. What an assertion says is about values, whatever words they hold. */
export const isOutage = (failure: TestFailure): boolean => !isAssertion(failure) && saysOutage(failure.message)

export const saysOutage = (text: string): boolean => NETWORK.test(text)

export const isAssertion = ({ type, expected, actual }: TestFailure): boolean =>
  /assert/i.test(type) || expected !== null || actual !== null
