// How long after a keystroke the diagnostics of a long contract are published.
//
//   node tests/clients/latency.mjs KEIYAKU [PAGES] [KEYSTROKES]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const [keiyaku, pages = '200', keystrokes = '400'] = process.argv.slice(2);

// A page of A4 holds some 1,200 characters: one article here.
const article = (n) => `第${n}条（業務${n}）
1. 甲は、乙に対し、別途定める仕様書に従い、第${Math.max(1, n - 3)}条に定める業務（以下「本業務${n}」という。）を委託し、乙は、これを受託する。
2. 乙は、前項の業務を善良な管理者の注意をもって遂行し、次の各号に掲げる事項を遵守する。
(1) 業務の遂行に必要な人員及び設備を確保すること。
(2) 前条第1項に定める期日までに成果物を納入すること。
(3) その他甲乙協議の上で定める事項
3. 甲は、前項第2号の納入があったときは、納入の日から10日以内に検査を行い、その結果を書面により乙に通知する。
${Array.from({ length: 12 }, (_, i) => `${i + 4}. 乙は、第${i + 1}項に定める義務に違反したときは、これにより甲に生じた損害を賠償する。ただし、乙の責めに帰することができない事由によるときは、この限りでない。`).join('\n')}
`;
const text = '業務委託契約書\n\n' + Array.from({ length: Number(pages) }, (_, i) => article(i + 1)).join('\n');
console.log(`${pages} pages: ${[...text].length} characters, ${Buffer.byteLength(text)} bytes`);

const server = spawn(keiyaku, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
const send = (message) => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  server.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
};
let arrived = () => {};
let buffer = Buffer.alloc(0);
server.stdout.on('data', (chunk) => {
  buffer = Buffer.concat([buffer, chunk]);
  for (;;) {
    const header = buffer.indexOf('\r\n\r\n');
    if (header < 0) return;
    const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, header).toString())[1]);
    if (buffer.length < header + 4 + length) return;
    const message = JSON.parse(buffer.subarray(header + 4, header + 4 + length));
    buffer = buffer.subarray(header + 4 + length);
    arrived(message);
  }
});
const until = (wanted) => new Promise((resolve) => (arrived = (message) => wanted(message) && resolve(message)));

const uri = 'file:///long.txt';
let answer = until((message) => message.id === 1);
send({ id: 1, method: 'initialize', params: { capabilities: {} } });
await answer;
send({ method: 'initialized', params: {} });
answer = until((message) => message.params?.version === 1);
send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'plaintext', version: 1, text } } });
console.log(`${(await answer).params.diagnostics.length} diagnostics on opening`);

// Typing in the middle: a word, a citation, a mistake, and back.
const line = text.split('\n').findIndex((row, index) => index > text.split('\n').length / 2 && row.startsWith('3. '));
const typed = [...'乙は、第3条及び前項に従い、。。（'];
const times = [];
// On a busy machine the processor time of the server says more than the clock.
const worked = () => {
  const stat = `/proc/${server.pid}/stat`;
  if (!existsSync(stat)) return NaN;
  const fields = readFileSync(stat, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const before = worked();
for (let n = 0; n < Number(keystrokes); n++) {
  const place = n % (2 * typed.length);
  const back = place >= typed.length;
  const column = 3 + (back ? 2 * typed.length - place - 1 : place);
  const range = { start: { line, character: column }, end: { line, character: column + (back ? 1 : 0) } };
  const version = n + 2;
  answer = until((message) => message.params?.version === version);
  const started = performance.now();
  send({
    method: 'textDocument/didChange',
    params: { textDocument: { uri, version }, contentChanges: [{ range, text: back ? '' : typed[place] }] },
  });
  await answer;
  times.push(performance.now() - started);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
console.log(`keystroke to diagnostics, ms: p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, longest ${times.at(-1).toFixed(1)}`);
console.log(`processor time a keystroke, ms: ${((worked() - before) / times.length).toFixed(1)}`);
server.kill();
