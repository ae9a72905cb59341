import type { DetectedRuntime } from '../domain/runtime.ts'
import { below, join, projectFolders, type Tree, within } from './tree.ts'

const GRADLE = /^(?:build|settings)\.gradle(?:\.kts)?$/
const TESTS = /(?:^|\/)src\/(?:test|integrationTest|it)\/(?:java|kotlin|groovy|scala)\//

/** Maven and Gradle; whatever JVM language the tests are in, their reports are JUnit's. */
export function detectJava(tree: Tree, given: string | null): DetectedRuntime[] {
  const folders = projectFolders(tree, (name) => name === 'pom.xml' || GRADLE.test(name))
  return folders.map((folder) => runtimeOf(tree, folder, folder === '' ? given : null))
}

function runtimeOf(tree: Tree, folder: string, given: string | null): DetectedRuntime {
  const has = (name: string) => tree.has(join(folder, name))
  const maven = has('pom.xml')
  const program = maven ? (has('mvnw') ? './mvnw' : 'mvn') : has('gradlew') ? './gradlew' : 'gradle'
  const tests = below(tree, folder).find((path) => TESTS.test(path))
  const put = (command: string | null) => within(folder, command)
  const name = maven ? 'maven' : 'gradle'
  const file = maven
    ? 'pom.xml'
    : (['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'].find(has) ?? '')
  const version = maven ? mavenVersion(tree.text(join(folder, 'pom.xml'))) : gradleVersion(tree, folder)
  return {
    ...{ runtime: 'java', folder, build: null, lint: null, format: null, start: null },
    members: (maven ? modules(tree.text(join(folder, 'pom.xml'))) : included(tree, folder)).map((one) =>
      join(folder, one),
    ),
    runners: tests ? [{ runner: 'junit', program: name, why: `${join(folder, file)} and ${tests}` }] : [],
    test: given ?? put(tests ? `${program} test` : null),
    install: put(maven ? `${program} -B dependency:go-offline` : `${program} dependencies`),
    types: put(maven ? `${program} -q test-compile` : `${program} testClasses`),
    engines: version === null ? {} : { java: version },
  }
}

/** `<maven.compiler.release>17</…>` and its other spellings; a property's reference is followed once. */
function mavenVersion(pom: string): string | null {
  for (const name of ['maven.compiler.release', 'java.version', 'maven.compiler.source', 'release', 'source']) {
    const value = element(pom, name)
    const property = /^\$\{([\w.-]{1,60})\}$/.exec(value ?? '')?.[1]
    const version = property === undefined ? value : element(pom, property)
    if (version && /^[\d.]+$/.test(version)) return version
  }
  return null
}

function element(pom: string, name: string): string | null {
  const start = pom.indexOf(`<${name}>`)
  if (start < 0) return null
  const end = pom.indexOf('<', start + name.length + 2)
  return end < 0
    ? null
    : pom
        .slice(start + name.length + 2, end)
        .trim()
        .slice(0, 100)
}

function modules(pom: string): string[] {
  const found: string[] = []
  for (const part of pom.split('<module>').slice(1, 200)) {
    const name = part.slice(0, Math.max(0, part.indexOf('</module>'))).trim()
    if (/^[\w./-]{1,200}$/.test(name)) found.push(name)
  }
  return found
}

/** `include 'a', ':b:c'` of the settings, as folders. */
function included(tree: Tree, folder: string): string[] {
  const text = ['settings.gradle', 'settings.gradle.kts'].map((name) => tree.text(join(folder, name))).join('\n')
  const lines = text.split('\n').filter((line) => /^\s*include\b/.test(line))
  return lines
    .flatMap((line) => [...line.slice(0, 2000).matchAll(/["']:?([\w:.-]{1,200})["']/g)])
    .map(([, name = '']) => name.replaceAll(':', '/'))
    .slice(0, 200)
}

function gradleVersion(tree: Tree, folder: string): string | null {
  const text = ['build.gradle', 'build.gradle.kts'].map((name) => tree.text(join(folder, name))).join('\n')
  const found =
    /JavaLanguageVersion\.of\((\d{1,3})\)/.exec(text) ??
    /jvmToolchain\((\d{1,3})\)/.exec(text) ??
    /(?:source|target)Compatibility\s*=\s*(?:JavaVersion\.VERSION_)?["']?([\d._]{1,6})/.exec(text)
  return found?.[1]?.replace('_', '.') ?? null
}
