import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../package.json';
import { documentSelector, notStarted, serverCommand, type Surroundings } from '../server';

const around = (changes: Partial<Surroundings>): Surroundings => ({
  configured: '',
  extension: '/extensions/keiyaku',
  workspace: '/契約書',
  platform: 'linux',
  files: { exists: () => false },
  ...changes,
});

test('the server that is set wins', () => {
  assert.equal(serverCommand(around({ configured: ' /opt/keiyaku ', files: { exists: () => true } })), '/opt/keiyaku');
  assert.equal(serverCommand(around({ configured: '${workspaceFolder}/target/debug/keiyaku' })), '/契約書/target/debug/keiyaku');
});

test('then the one that came with the extension, then the one in PATH', () => {
  const bundled = '/extensions/keiyaku/server/keiyaku';
  assert.equal(serverCommand(around({ files: { exists: (path) => path === bundled } })), bundled);
  assert.equal(serverCommand(around({})), 'keiyaku');
  assert.equal(serverCommand(around({ platform: 'win32' })), 'keiyaku.exe');
});

test('files of the patterns and new texts are looked at', () => {
  const selector = documentSelector(['**/*.txt']);
  assert.deepEqual(selector[0], { scheme: 'file', pattern: '**/*.txt' });
  assert.ok(selector.some((filter) => filter.scheme === 'untitled' && filter.language === 'plaintext'));
});

test('a user whose server does not start is told what to do', () => {
  assert.match(notStarted('keiyaku', 'ENOENT'), /keiyaku\.path/);
});

test('the manifest offers the settings the server and the extension read', () => {
  const settings = Object.keys(manifest.contributes.configuration.properties);
  for (const name of ['path', 'files', 'select', 'ignore', 'stage']) {
    assert.ok(settings.includes(`keiyaku.${name}`), name);
  }
  for (const { command } of manifest.contributes.commands) {
    assert.ok(command.startsWith('keiyaku.'));
  }
});
