// Which server to start, and for which documents: decisions without an editor, so that they can be tested without one.

/** A place in the file system that can be looked at. */
export interface Files {
  exists(path: string): boolean;
}

/** What is needed to find the server. */
export interface Surroundings {
  /** The setting `keiyaku.path`; empty where nothing is set. */
  configured: string;
  /** The folder of the extension. */
  extension: string;
  /** The folder of the workspace, if there is one. */
  workspace: string | undefined;
  /** `process.platform`. */
  platform: string;
  files: Files;
}

/** The command that starts the server: the one that is set, the one that came with the extension, or the one in PATH. */
export function serverCommand(around: Surroundings): string {
  const name = around.platform === 'win32' ? 'keiyaku.exe' : 'keiyaku';
  if (around.configured.trim() !== '') {
    return around.configured.trim().replace('${workspaceFolder}', around.workspace ?? '.');
  }
  const bundled = `${around.extension}/server/${name}`;
  return around.files.exists(bundled) ? bundled : name;
}

/** The documents the server is asked about: files and new texts of the given patterns. */
export function documentSelector(patterns: readonly string[]): { scheme: string; language?: string; pattern?: string }[] {
  const files = patterns.map((pattern) => ({ scheme: 'file', pattern }));
  const untitled = ['plaintext', 'markdown'].map((language) => ({ scheme: 'untitled', language }));
  return [...files, ...untitled];
}

/** What to tell a user whose server does not start. */
export function notStarted(command: string, reason: string): string {
  return `keiyaku を起動できません（${command}: ${reason}）。「cargo install --path .」で入れるか、設定 keiyaku.path で場所を指定してください。`;
}
