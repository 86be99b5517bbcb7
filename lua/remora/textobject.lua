--- Text objects, from queries/<lang>/remora.scm. Neovim's parser answers where there is one, else the server's parser;
--- the rules stand at the top of the query file, and both sides follow them.
local M = {}

local selection = require("remora.selection")

local LINEWISE = { ["function"] = true, class = true, loop = true, conditional = true }

--- How long typed keys are held back for an operator whose object the server is still looking up.
local HOLD_MS = 1500

---@class remora.Look where and for what a text object was asked
---@field buf integer
---@field win integer
---@field capture string
---@field count integer
---@field row integer
---@field col integer
---@field tick integer
---@field cursor integer[]
---@field mode string

local function holds(node, row, col)
  return vim.treesitter.is_in_node_range(node, row, col)
end

--- Captures named `name` in rows [from, to), shortest first.
local function captures(query, root, buf, name, from, to)
  local found, seen = {}, {}
  for id, node in query:iter_captures(root, buf, from, to) do
    if query.captures[id] == name and not seen[node:id()] then
      seen[node:id()] = true
      found[#found + 1] = node
    end
  end
  table.sort(found, function(a, b)
    return a:byte_length() < b:byte_length()
  end)
  return found
end

local function body_of(query, root, buf, kind, outer, smaller, row, col)
  local first, _, last = outer:range()
  local best
  for _, node in ipairs(captures(query, root, buf, kind .. ".inner", first, last + 1)) do
    local mine = vim.treesitter.node_contains(outer, { node:range() })
      and not (smaller and vim.treesitter.node_contains(smaller, { node:range() }))
    if mine and holds(node, row, col) then
      return node
    end
    if mine then
      local _, _, at = node:start()
      local _, _, start = (best or node):start()
      if not best or at < start or (at == start and node:byte_length() > best:byte_length()) then
        best = node
      end
    end
  end
  return best
end

--- Look up a text object with Neovim's own parser.
---@param buf integer
---@param capture string `function.outer`, ...
---@param row integer
---@param col integer
---@param count? integer 2 is the one around the smallest, and so on
---@return integer[]? span
---@return boolean known false when Neovim has no parser or no query for the buffer
function M.at(buf, capture, row, col, count)
  local ok, parser = pcall(vim.treesitter.get_parser, buf, nil, { error = false })
  local query = ok and parser and vim.treesitter.query.get(parser:lang(), "remora")
  if not query then
    return nil, false
  end
  local root = parser:parse()[1]:root()
  local kind, side = capture:match("^(%w+)%.(%w+)$")
  local around = vim.tbl_filter(function(node)
    return holds(node, row, col)
  end, captures(query, root, buf, kind .. ".outer", row, row + 1))
  local node = around[count or 1]
  if node and side == "inner" then
    node = body_of(query, root, buf, kind, node, around[(count or 1) - 1], row, col)
  end
  return node and { node:range() } or nil, true
end

--- Find a text object here or, without a parser, in the server; `found` is called at once in the first case.
local function find(look, count, found)
  local span, known = M.at(look.buf, look.capture, look.row, look.col, count)
  if known then
    return found(span)
  end
  local refusal = selection.refusal(look.buf)
  if refusal then
    return found(nil, refusal)
  end
  M.ask("select", {
    path = vim.api.nvim_buf_get_name(look.buf),
    text = selection.text(look.buf),
    pos = { look.row, look.col },
    capture = look.capture,
    lang = vim.treesitter.language.get_lang(vim.bo[look.buf].filetype) or vim.bo[look.buf].filetype,
    count = count > 1 and count or nil,
  }, function(err, result)
    found(result and result.span, err and err.message)
  end)
end

local function look_here(capture)
  local win = vim.api.nvim_get_current_win()
  local buf = vim.api.nvim_win_get_buf(win)
  local row, col = selection.cursor(win)
  if capture == "comment.inner" then
    capture = "comment.outer"
  end
  return {
    buf = buf,
    win = win,
    capture = capture,
    count = vim.v.count1,
    row = row,
    col = col,
    tick = vim.api.nvim_buf_get_changedtick(buf),
    cursor = vim.api.nvim_win_get_cursor(win),
    mode = vim.fn.mode(),
  }
end

local function unchanged(look, mode)
  return vim.api.nvim_get_current_win() == look.win
    and vim.api.nvim_win_get_buf(look.win) == look.buf
    and vim.api.nvim_buf_get_changedtick(look.buf) == look.tick
    and vim.deep_equal(vim.api.nvim_win_get_cursor(look.win), look.cursor)
    and vim.fn.mode() == mode
end

--- A body that shares its line with the header is taken by characters.
local function is_linewise(look, span)
  local line = vim.api.nvim_buf_get_lines(look.buf, span[1], span[1] + 1, false)[1]
  return LINEWISE[look.capture:match("^%w+")] and not line:sub(1, span[2]):find("%S")
end

local function take(look, span)
  local linewise = is_linewise(look, span)
  local row, col = span[3], span[4]
  if col == 0 then
    row = row - 1
    col = #vim.api.nvim_buf_get_lines(look.buf, row, row + 1, false)[1]
  end
  if linewise or vim.o.selection ~= "exclusive" then
    col = math.max(col - 1, 0)
  end
  if vim.fn.mode():find("[vV\22]") then
    vim.cmd("normal! \27")
  end
  vim.api.nvim_win_set_cursor(look.win, { span[1] + 1, span[2] })
  vim.cmd("normal! " .. (linewise and "V" or "v"))
  vim.api.nvim_win_set_cursor(look.win, { row + 1, col })
end

--- Rows and columns of the visual selection, nil when it is one character: then nothing was selected on purpose.
local function selected(look)
  local a, b = vim.fn.getpos("v"), vim.fn.getpos(".")
  if look.mode == "v" and a[2] == b[2] and a[3] == b[3] then
    return nil
  end
  if a[2] > b[2] or (a[2] == b[2] and a[3] > b[3]) then
    a, b = b, a
  end
  if look.mode == "V" then
    return { a[2] - 1, 0, b[2] - 1, math.huge }
  end
  return { a[2] - 1, a[3] - 1, b[2] - 1, b[3] }
end

local function is_larger(look, span, now)
  local whole = is_linewise(look, span)
  local from, to = whole and 0 or span[2], whole and math.huge or span[4]
  local starts_before = span[1] < now[1] or (span[1] == now[1] and from < now[2])
  local ends_after = span[3] > now[3] or (span[3] == now[3] and to > now[4])
  local starts_in = span[1] < now[1] or (span[1] == now[1] and from <= now[2])
  local ends_in = span[3] > now[3] or (span[3] == now[3] and to >= now[4])
  return starts_in and ends_in and (starts_before or ends_after)
end

--- Visual mode: select the object; when it is selected already, the one around it.
---@param capture string
function M.visual(capture)
  local look = look_here(capture)
  local now = selected(look)
  local asked_at = vim.fn.mode()
  local function try(count, previous)
    find(look, count, function(span, message)
      if message then
        return M.warn(message)
      end
      if not span or vim.deep_equal(span, previous) or not unchanged(look, asked_at) then
        return
      end
      if now and look.count == 1 and not is_larger(look, span, now) and count < 50 then
        return try(count + 1, span)
      end
      take(look, span)
    end)
  end
  try(look.count)
end

--- Hold typed keys back until `release`, so that text typed after `cif` reaches the change it was meant for.
local function hold_keys()
  local held, namespace, escaped = {}, vim.api.nvim_create_namespace("remora.hold"), false
  vim.on_key(function(_, typed)
    if not escaped then
      escaped = true -- the <Esc> that cancels the operator
    elseif typed and typed ~= "" then
      held[#held + 1] = typed
      return ""
    end
  end, namespace)
  return function()
    vim.on_key(nil, namespace)
    return table.concat(held)
  end
end

--- Cancel the operator, and run it on the object when the server has found it.
local function later(look)
  local operator, register = vim.v.operator, vim.v.register
  local release, done = hold_keys(), false
  local function finish(span, message)
    if done then
      return
    end
    done = true
    local keys = release()
    if message then
      M.warn(message)
    elseif span and unchanged(look, "n") then
      take(look, span)
      vim.api.nvim_feedkeys('"' .. register .. operator, "n", false)
    end
    vim.api.nvim_feedkeys(keys, "t", false)
  end
  vim.defer_fn(function()
    finish(nil, "the parser is still starting; try that again in a moment.")
  end, HOLD_MS)
  find(look, look.count, finish)
end

--- Operator-pending mode: the keys to run (an `expr` map), so that an operator without an object is cancelled.
---@param capture string
---@return string keys
function M.operator(capture)
  local look = look_here(capture)
  local span, known = M.at(look.buf, look.capture, look.row, look.col, look.count)
  if not known then
    later(look)
  elseif span then
    return ("<Cmd>lua require('remora.textobject').take_here(%q)<CR>"):format(look.capture)
  end
  return "<Esc>"
end

--- Select the object under the cursor for an operator. It is looked up again, because `.` runs this in another place.
---@param capture string
function M.take_here(capture)
  local look = look_here(capture)
  local span = M.at(look.buf, look.capture, look.row, look.col, look.count)
  if not span then
    error(("remora: there is no %s here"):format(capture:match("^%w+")), 0)
  end
  take(look, span)
end

--- How to ask the server, and how to tell the user; set by `remora` (init.lua).
M.ask = nil ---@type fun(method: string, params: table, callback: fun(err: remora.Error?, result: table?))
M.warn = nil ---@type fun(message: string)

return M
