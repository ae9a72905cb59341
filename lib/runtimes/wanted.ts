const TESTS =
  /(?:^|\/)(?:tests?|__tests__|specs?)\/.*\.(?:[cm]?[jt]sx?|py)$|[._-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)test\.[cm]?[jt]s$|(?:^|\/)test_[^/]*\.py$|_test\.py$/

/** A JavaScript or Python file that is named or placed like a test. */
export const isTestSource = (path: string): boolean => TESTS.test(path)
