-- Neovim, without a screen, as a client of `loopc lsp`: a model is opened, broken and mended; names are completed,
-- explained, found and renamed; the text is formatted.
--
-- LOOPC=PROGRAM nvim --headless -u NONE -c "luafile neovim.lua" MODEL
--
-- What it is told goes to MODEL.said, the text as it was before and after formatting to MODEL.before and MODEL.after;
-- what is wrong, to the standard error.

-- Far longer than anything takes, in milliseconds.
local PATIENCE = 60000

local buffer = vim.api.nvim_get_current_buf()
local model = vim.api.nvim_buf_get_name(buffer)
local said = {}

local function say(...)
  table.insert(said, string.format(...))
end

local function lines()
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
end

-- Where a part of a line is, counted as the editor does: lines from 1, columns in bytes from 0.
local function find(line, part)
  for row, text in ipairs(lines()) do
    local at = text:find(line, 1, true)
    if at then
      return row, at - 1 + (line:find(part, 1, true) or error(part)) - 1
    end
  end
  error("no line has " .. line)
end

local function client()
  if vim.lsp.get_clients then
    return vim.lsp.get_clients({ bufnr = buffer })[1]
  end
  local _, found = next(vim.lsp.buf_get_clients(buffer))
  return found
end

local function start()
  local config = { name = "loopc", cmd = { vim.env.LOOPC, "lsp" }, root_dir = vim.fn.fnamemodify(model, ":h") }
  -- Version 0.7 tells of its settings only when somebody does.
  config.init_options, config.settings = { lenses = false }, { loopc = {} }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    vim.lsp.buf_attach_client(buffer, vim.lsp.start_client(config))
  end
  local begun = vim.wait(PATIENCE, function()
    local found = client()
    return found ~= nil and (found.initialized or next(found.server_capabilities or {}) ~= nil)
  end, 10)
  assert(begun, "the server does not start")
end

-- What the server answers about the place of the cursor, or of the whole text.
local function ask(method, more)
  local params = vim.lsp.util.make_position_params(0, client().offset_encoding)
  for key, value in pairs(more or {}) do
    params[key] = value
  end
  local answers = assert(vim.lsp.buf_request_sync(buffer, "textDocument/" .. method, params, PATIENCE))
  local _, answer = next(answers)
  assert(answer and not answer.error and not answer.err, vim.inspect(answer))
  return answer.result
end

-- Waits until so many faults are known; the messages, a line each.
local function faults(count)
  local found
  vim.wait(PATIENCE, function()
    found = vim.diagnostic.get(buffer)
    return #found == count
  end, 10)
  assert(#found == count, vim.inspect(found))
  for _, one in ipairs(found) do
    local code = one.code or one.user_data.lsp.code
    say("%d:%d %s %s", one.lnum + 1, one.col + 1, code, one.message:gsub("\n", " | "))
  end
end

-- Waits until there are so many lines above declarations.
local function lenses(wanted)
  local count
  vim.wait(PATIENCE, function()
    count = #(ask("codeLens") or {})
    return (count > 0) == wanted
  end, 10)
  return count
end

-- Changes the settings as a person does: in the table that the client answers from, and tells of it.
local function set(key, value)
  local one = client()
  local settings = one.settings or one.config.settings
  settings.loopc[key] = value
  local params = { settings = settings }
  if vim.lsp.get_clients then
    one:notify("workspace/didChangeConfiguration", params)
  else
    one.notify("workspace/didChangeConfiguration", params)
  end
end

local function put(row, text)
  vim.api.nvim_buf_set_lines(buffer, row - 1, row, true, { text })
end

local function main()
  start()

  say("== hover")
  vim.api.nvim_win_set_cursor(0, { find("revenue: 12% * basket", "basket") })
  say("%s", ask("hover").contents.value)

  say("== definition")
  local there = ask("definition")
  there = there[1] or there
  say("%s", lines()[(there.range or there.targetRange).start.line + 1])

  say("== settings")
  say("%d lines above declarations", lenses(false))
  set("lenses", true)
  say("%d lines above declarations", lenses(true))

  say("== an error")
  local row = find("revenue: 12% * basket", "basket")
  local whole = lines()[row]
  put(row, "    revenue: 12% * baskte")
  faults(1)

  say("== completion")
  put(row, "    revenue: 12% * ba")
  vim.api.nvim_win_set_cursor(0, { row, #lines()[row] })
  local list = ask("completion")
  local labels = vim.tbl_map(function(item)
    return item.label
  end, list.items or list)
  say("%s", table.concat(labels, " "))

  say("== mended")
  put(row, whole)
  faults(0)

  say("== rename")
  vim.api.nvim_win_set_cursor(0, { find("param basket", "basket") })
  vim.lsp.util.apply_workspace_edit(ask("rename", { newName = "order_value" }), client().offset_encoding)
  for _, text in ipairs(lines()) do
    if text:find("order_value", 1, true) then
      say("%s", text)
    end
  end
  -- The server has what the editor has now.
  say("%s", ask("hover").contents.value)

  vim.cmd([[silent %s/^    /  /]])
  vim.fn.writefile(lines(), model .. ".before")
  local edits = ask("formatting", { options = { tabSize = 4, insertSpaces = true } })
  vim.lsp.util.apply_text_edits(edits, buffer, client().offset_encoding)
  vim.fn.writefile(lines(), model .. ".after")
  faults(0)

  vim.fn.writefile(vim.split(table.concat(said, "\n"), "\n"), model .. ".said")
end

local well, why = xpcall(main, debug.traceback)
if not well then
  io.stderr:write(why .. "\n")
end
local found = client()
if found then
  if vim.lsp.get_clients then
    found:stop()
  else
    found.stop()
  end
  -- It ends by itself when it is asked to.
  local ended = vim.wait(PATIENCE, function()
    return found:is_stopped()
  end, 10)
  if not ended then
    io.stderr:write("the server goes on\n")
  end
  well = well and ended
end
vim.cmd(well and "qall!" or "cquit!")
