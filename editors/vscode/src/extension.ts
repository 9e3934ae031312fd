// Starts `keiyaku lsp` and lets VS Code talk with it. Everything about contracts is in the server.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { documentSelector, notStarted, serverCommand } from './server';

let client: LanguageClient | undefined;

/** Called when the first text is opened. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand('keiyaku.restart', async () => {
      await stop();
      await start(context);
    }),
    vscode.commands.registerCommand('keiyaku.report', () => report(context)),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      // The other settings are sent to the running server.
      if (event.affectsConfiguration('keiyaku.path') || event.affectsConfiguration('keiyaku.files')) {
        await stop();
        await start(context);
      }
    }),
  );
  await start(context);
}

/** Called when the window is closed. */
export async function deactivate(): Promise<void> {
  await stop();
}

function command(context: vscode.ExtensionContext): string {
  return serverCommand({
    configured: vscode.workspace.getConfiguration('keiyaku').get('path', ''),
    extension: context.extensionPath,
    workspace: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    platform: process.platform,
    files: { exists: existsSync },
  });
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const server = command(context);
  const settings = vscode.workspace.getConfiguration('keiyaku');
  const serverOptions: ServerOptions = { command: server, args: ['lsp'] };
  const clientOptions: LanguageClientOptions = {
    documentSelector: documentSelector(settings.get<string[]>('files', [])),
    initializationOptions: settings,
    synchronize: { configurationSection: 'keiyaku' },
  };
  client = new LanguageClient('keiyaku', 'keiyaku', serverOptions, clientOptions);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    void vscode.window.showErrorMessage(notStarted(server, error instanceof Error ? error.message : String(error)));
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

/** Writes the HTML report of the text in the active editor, saved or not, and opens it in the browser. */
async function report(context: vscode.ExtensionContext): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    return;
  }
  const server = command(context);
  const page = join(await mkdtemp(join(tmpdir(), 'keiyaku-')), 'report.html');
  const name = basename(document.fileName);
  const args = ['check', '--format', 'html', '--fail-on', 'never', '--stdin-filename', name, '-'];
  // From the folder of the file its keiyaku.toml is found.
  const cwd = document.uri.scheme === 'file' ? dirname(document.fileName) : undefined;
  const run = execFile(server, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 }, async (error, stdout) => {
    if (error !== null) {
      void vscode.window.showErrorMessage(notStarted(server, error.message));
      return;
    }
    await writeFile(page, stdout);
    await vscode.env.openExternal(vscode.Uri.file(page));
  });
  run.stdin?.on('error', () => {});
  run.stdin?.end(document.getText());
}
