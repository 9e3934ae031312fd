-- Neovim, headless, as a client of `keiyaku lsp`: diagnostics, a quick fix, a jump to a definition, the outline, completion.
--
--   KEIYAKU=target/debug/keiyaku nvim --headless --clean -c 'luafile tests/clients/neovim.lua'
local folder = vim.fn.tempname()
vim.fn.mkdir(folder .. '/契約', 'p')
local path = folder .. '/契約/下書き.txt'
vim.fn.writefile({
  '清掃の取決文書', '第1条（目的）', '1. 甲は、乙に清掃を委託する。', '2. 𠮷田は、前項の業務を行う。。',
  '第2条（費用）', '甲は、第1条第2項の費用を支払う。',
}, path)

local function check(condition, message)
  if not condition then
    io.stderr:write('FAILED: ' .. message .. '\n')
    vim.cmd('cquit 1')
  end
end
local function wait(message, condition)
  check(vim.wait(10000, condition, 20), message)
end
local buffer
local function ask(method, params)
  params.textDocument = { uri = vim.uri_from_bufnr(buffer) }
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 5000)
  for _, answer in pairs(answers or {}) do
    check(not answer.err, method .. ': ' .. vim.inspect(answer.err))
    return answer.result
  end
  check(false, method .. ' is not answered')
end

vim.cmd('edit ' .. vim.fn.fnameescape(path))
buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = 'keiyaku', cmd = { vim.env.KEIYAKU or 'keiyaku', 'lsp' }, root_dir = folder })
vim.lsp.buf_attach_client(buffer, id)

wait('no diagnostics', function() return #vim.diagnostic.get(buffer) == 1 end)
local found = vim.diagnostic.get(buffer)[1]
local line = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, false)[1]
check(line:sub(found.col + 1, found.end_col) == '。。', 'the columns behind 𠮷 are wrong: ' .. vim.inspect(found))

local range = { start = { line = 3, character = 0 }, ['end'] = { line = 4, character = 0 } }
local actions = ask('textDocument/codeAction', { range = range, context = { diagnostics = {}, only = { 'quickfix' } } })
vim.lsp.util.apply_workspace_edit(actions[1].edit, vim.lsp.get_client_by_id(id).offset_encoding)
wait('the quick fix does not mend', function() return #vim.diagnostic.get(buffer) == 0 end)
check(vim.api.nvim_buf_get_lines(buffer, 3, 4, false)[1] == '2. 𠮷田は、前項の業務を行う。', 'the text after the fix')

vim.api.nvim_win_set_cursor(0, { 6, 9 })
vim.lsp.buf.definition()
wait('no jump', function() return vim.api.nvim_win_get_cursor(0)[1] == 4 end)

local outline = ask('textDocument/documentSymbol', {})
check(#outline == 2 and outline[1].children[2].name == '第2項', 'the outline')

vim.api.nvim_buf_set_lines(buffer, 6, 6, false, { '第3条（準用）', '甲は、第' })
local offered = ask('textDocument/completion', { position = { line = 7, character = 4 } })
check(offered.items[1].label == '第1条' and offered.items[1].detail == '目的', 'completion')

vim.lsp.stop_client(id)
wait('the server does not leave', function() return vim.lsp.client_is_stopped(id) end)
print('ok\n')
vim.cmd('quitall!')
