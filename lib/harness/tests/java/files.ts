/** Ending of the mark that one of our programs ran. */
export const RAN = 'java.ran'

/** Reports of Surefire and Failsafe, and of Gradle's test tasks. */
export const REPORT =
  /(?:^|\/)(?:target\/(?:surefire|failsafe)-reports|build\/test-results(?:\/[^/]+)?)\/TEST-[^/]+\.xml$/
