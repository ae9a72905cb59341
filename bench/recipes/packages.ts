import type { NpmPackage } from './package.ts'

const TAPE = { tape: '5.10.2' }
const MOCHA = { mocha: '12.0.3' }
const MATTEO = { '@matteo.collina/tspl': '0.2.0' }

/** MIT-licensed packages whose archives hold hand-written sources and the tests to them. */
export const PACKAGES: NpmPackage[] = [
  {
    ...{ name: 'avvio', version: '9.3.1', runner: 'node-test', dev: {}, split: 'files' },
    integrity: 'sha512-QyTKW61/qlba+cUQBm/sT9X8lri4UdomqSDwCnrnj1IvLVDRRiXRkz4CgBRWB+/cmfC7SK5WQc8T1vSdGvaUcQ==',
    command: 'node --test --test-isolation=none "test/**/*.test.js"',
    // What is left out of the tests measures milliseconds.
    without: [
      ...['test/types', 'types', 'eslint.config.js', 'test/after-and-ready.test.js', 'test/plugin-timeout.test.js'],
      ...['test/plugin-timeout-await.test.js', 'test/on-ready-timeout-await.test.js'],
    ],
    ...{ sources: ['index.js', 'lib/'], tests: /^test\/.*\.test\.js$/ },
  },
  {
    ...{ name: '@fastify/deepmerge', version: '3.2.4', runner: 'node-test', dev: TAPE, split: 'files' },
    integrity: 'sha512-kc8GQq5gX9RRhw0rov3DMrN8wS8yRlxJRdDzsYwwdBV/wazuVgc/1K7CKL90tlvu3RlHan6Y0R0aE3nJtBz2eQ==',
    command: 'node --test',
    without: ['benchmark', 'types', 'eslint.config.js'],
    ...{ sources: ['index.js'], tests: /^test\/.*\.test\.js$/ },
  },
  {
    ...{ name: '@fastify/error', version: '4.3.0', runner: 'node-test', dev: {}, split: 'tests' },
    integrity: 'sha512-mtIdc4R7HnUMOuUDQgnJkEF+Omr2p3JrSSJ44+RME/eAQ5TqdDy5MvXAjze/RyVHhJckuJKkXnMhKfPmFMKqyA==',
    command: 'node --test',
    without: ['benchmarks', 'types', 'eslint.config.js'],
    ...{ sources: ['index.js'], tests: /^test\/.*\.test\.js$/ },
  },
  {
    ...{ name: 'process-warning', version: '5.1.1', runner: 'node-test', dev: {}, split: 'files' },
    integrity: 'sha512-oCkNVj4OKnKEcocVBcDfiIugN1/cE6rgfT3nCtzeqZPA8+rIxMaQ0xXzIkGP8Gj2qUaP1UR7uhJ1VD8lUCpzCg==',
    command: 'node --test',
    without: ['benchmarks', 'types', 'test/jest.test.js', 'eslint.config.js'],
    ...{ sources: ['index.js'], tests: /^test\/.*\.test\.js$/ },
  },
  {
    ...{ name: 'json-schema-ref-resolver', version: '3.0.1', runner: 'node-test', dev: {}, split: 'files' },
    integrity: 'sha512-w+HwgljXpVwZ3IidoUR1qPZxSOQ+NRQWuVe6a5pe8XbHsNZE4UAwVPUvzZagn7yBKbJtt6UJnRFYbNTRPZI45Q==',
    command: 'node --test',
    without: ['types', 'eslint.config.js'],
    ...{ sources: ['index.js'], tests: /^test\/.*\.test\.js$/ },
  },
  {
    ...{ name: 'hwp', version: '0.5.0', runner: 'node-test', dev: {}, split: 'tests' },
    integrity: 'sha512-IFWeFX72NsnHzCOTNdNLc+dN84d9oLMdLtqYsPLZeKwpO9S+1pztxJ7k88sqio/QZyRC5wrgY5xm16A0kscPHA==',
    command: 'node --test',
    without: ['typetests', 'eslint.config.js'],
    ...{ sources: ['index.js'], tests: /^test\/.*\.js$/ },
  },
  {
    ...{ name: 'find-my-way', version: '9.10.2', runner: 'node-test', split: 'files' },
    integrity: 'sha512-gbLMuTm2FV5QiRh/eM0uhL4nyOvbSqqa2K3mASAtkIqxvY8ZmoLOCLMd2syLWT/SyhrvOR7GPxOKj/kcV6o8bg==',
    command: 'node --test --test-isolation=none "test/*.test.js"',
    dev: { proxyquire: '2.1.3', rfdc: '1.4.1' },
    // These two walk all the methods Node knows, which are others in another Node.
    without: ['benchmark', 'test/types', 'test/methods.test.js', 'test/shorthands.test.js', 'eslint.config.js'],
    ...{ sources: ['index.js', 'lib/'], tests: /^test\/.*\.test\.js$/ },
  },
  {
    ...{ name: 'async-cache-dedupe', version: '3.4.0', runner: 'node-test', split: 'files' },
    integrity: 'sha512-RkQr21CpltqMpbYpRaEAmF1BdUO5jnnS/scZkectmLiuWQ81w8u4lYraipbQf8zQ0yYvb3U0N1ozNAYmI4jQ3g==',
    command: 'node --expose-gc --test --test-isolation=none "test/*.test.js"',
    dev: { ...MATTEO, proxyquire: '2.1.3' },
    // What is left out of the tests talks to a server.
    without: [
      ...['bench', 'examples', 'test/browser', 'test/storage-redis.test.js', 'test/storage-memory.cloudflare.test.js'],
      ...['test/base.test.js', 'test/transformer.test.js', 'eslint.config.js', 'index.test-d.ts'],
    ],
    sources: ['src/cache.js', 'src/util.js', 'src/storage/memory.js', 'src/storage/index.js'],
    tests: /^test\/[^/]*\.test\.js$/,
  },
  {
    ...{ name: 'pino-abstract-transport', version: '3.0.0', runner: 'node-test', split: 'tests' },
    integrity: 'sha512-wlfUczU+n7Hy/Ha5j9a/gZNy7We5+cXp8YL+X+PG8S0KXxw7n/JXA3c46Y0zQznIJ83URJiwy7Lh56WLokNuxg==',
    command: 'node --test "test/*.test.js"',
    dev: { ...MATTEO, 'thread-stream': '3.1.0' },
    without: ['test/types'],
    ...{ sources: ['index.js'], tests: /^test\/[^/]*\.test\.js$/ },
  },
  {
    ...{ name: 'bl', version: '7.0.13', runner: 'tape', dev: TAPE, split: 'tests' },
    integrity: 'sha512-98Y6yjDTJg4hQqzKUMQV5eKNNVKbzsio45AEiaO2D5xv4/HNM7mUCcs2dKd890E6x2W+O09umYiFjGDMfOZUwg==',
    command: 'node test/test.js',
    without: ['test/types.ts', 'test/verify-types.js'],
    sources: ['BufferList.js', 'BufferListStream.js'],
    tests: /^test\/(test|convert|indexOf|isBufferList)\.js$/,
  },
  {
    ...{ name: 'minimist', version: '1.2.8', runner: 'tape', dev: TAPE, split: 'files' },
    integrity: 'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==',
    command: "tape 'test/**/*.js'",
    without: ['example', '.eslintrc'],
    ...{ sources: ['index.js'], tests: /^test\/.*\.js$/ },
  },
  {
    ...{ name: 'json-stable-stringify', version: '1.3.0', runner: 'tape', dev: TAPE, split: 'files' },
    integrity: 'sha512-qtYiSSFlwot9XHtF9bD9c7rwKjr+RecWT//ZnPvSmEjpV5mmPOCN4j8UjY5hbjNkOwZ/jQv3J6R1/pL7RwgMsg==',
    command: "tape 'test/**/*.js'",
    without: ['example', '.eslintrc', 'tsconfig.json'],
    ...{ sources: ['index.js'], tests: /^test\/.*\.js$/ },
  },
  {
    ...{ name: 'mpath', version: '0.9.0', runner: 'mocha', dev: MOCHA, split: 'files' },
    integrity: 'sha512-ikJRQTk8hw5DEoFVxHG1Gn9T/xcjtdnOKIU1JTmGjZZlg9LST2mBLmcX3/ICIbgJydT2GOc15RnNy5mHmzfSew==',
    command: 'mocha test/*.js',
    without: ['bench.js'],
    ...{ sources: ['lib/'], tests: /^test\/.*\.js$/ },
  },
  {
    ...{ name: 'object-path', version: '0.11.8', runner: 'mocha', dev: { ...MOCHA, chai: '4.4.0' }, split: 'tests' },
    integrity: 'sha512-YJjNZrlXJFM42wTBn6zgOJVar9KFJvzx6sTWDte8sWZF//cnjl0BxHNpfZx+ZffXX63A9q0b1zsFiBX4g4X5KA==',
    command: 'mocha test.js',
    without: ['benchmark.js'],
    ...{ sources: ['index.js'], tests: /^test\.js$/ },
  },
  {
    ...{ name: 'json-schema-traverse', version: '1.0.0', runner: 'mocha', dev: MOCHA, split: 'tests' },
    integrity: 'sha512-NM8/P9n3XjXhIZn1lLhkFaACTOURQXjWhV4BA/RnOv8xvgqtqpAX9IO4mRQxSx1Rlo4tqzeqb0sOlruaOy3dug==',
    command: 'mocha spec',
    without: ['.eslintrc.yml', 'spec/.eslintrc.yml'],
    ...{ sources: ['index.js'], tests: /^spec\/.*\.spec\.js$/ },
  },
  {
    ...{ name: 'promise-retry', version: '2.0.1', runner: 'mocha', split: 'tests' },
    integrity: 'sha512-y+WKFlBR8BGXnsNlIHFGPZmyDf3DFMoLhaflAnyZgV6rG6xu+JwesTo2Q9R6XwYmtmwAFCkAk3e35jEdoeh/3g==',
    command: 'mocha -t 10000',
    dev: { ...MOCHA, 'expect.js': '0.3.1', 'sleep-promise': '8.0.1' },
    ...{ without: [], sources: ['index.js'], tests: /^test\/.*\.js$/ },
  },
  {
    ...{ name: 'papaparse', version: '5.7.1', runner: 'mocha', dev: { ...MOCHA, chai: '4.4.0' }, split: 'files' },
    integrity: 'sha512-qOR+UDWv6D3hMxnWWOk0ZpBdCkd+kw5Yh7aXOaNSQU8A+73EA2bhW7EiUix/hY0yulUi5FRvt7PpYSI2VDvY0g==',
    command: 'mocha tests/*.js',
    // Its cases are rows of tables, so they are divided by file.
    without: ['player', 'papaparse.min.js', 'Gruntfile.js', 'tests/test.js', 'tests/tests.html'],
    ...{ sources: ['papaparse.js'], tests: /^tests\/(test-cases|node-tests)\.js$/ },
  },
  {
    ...{ name: 'busboy', version: '1.6.0', runner: 'command', dev: {}, split: 'files' },
    integrity: 'sha512-8SFQbg/0hQ9xy3UNTB0YEnsNBbWfhf7RtnzpL7TkBiTBRfrQ9Fxcnz7VJsleJpyp6rVLvXiuORqjlHi5q+PYuA==',
    command: 'node test/test.js',
    without: ['bench', '.eslintrc.js'],
    ...{ sources: ['lib/'], tests: /^test\/test-.*\.js$/ },
  },
  {
    ...{ name: '@stablelib/base64', version: '2.0.1', runner: 'vitest', dev: { vitest: '5.1.0' }, split: 'tests' },
    integrity: 'sha512-P2z89A7N1ETt6RxgpVdDT2xlg8cnm3n6td0lY9gyK7EiWK3wdq388yFX/hLknkCC0we05OZAD1rfxlQJUbl5VQ==',
    command: 'vitest run',
    // Its tsconfig extends one that is not in the archive.
    without: ['lib', 'base64.bench.ts', 'tsconfig.json'],
    ...{ sources: ['base64.ts'], tests: /^base64\.test\.ts$/ },
  },
  {
    ...{ name: '@stablelib/cbor', version: '2.0.4', runner: 'vitest', split: 'tests' },
    integrity: 'sha512-qParOZCiJJBuMTtRpIVYJaNLH54jw1H0G9ha5FYpFPhG04w2ZrfRHoO6Dh4k8UalaQQSs5f+n2wC2IyLe9uOhQ==',
    command: 'vitest run',
    dev: { vitest: '5.1.0', '@stablelib/bytes': '2.0.1', '@stablelib/hex': '2.0.1' },
    without: ['lib', 'cbor.bench.ts', 'tsconfig.json'],
    ...{ sources: ['cbor.ts'], tests: /^cbor\.test\.ts$/ },
  },
]
