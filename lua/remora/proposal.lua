--- The only file that changes buffers: it answers what the server asks before and while a proposal is applied.
local M = {}

local selection = require("remora.selection")

--- Open buffers by the real path of their file.
---@return table<string, integer>
local function open_files()
  local files = {}
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    local name = vim.api.nvim_buf_get_name(buf)
    if vim.api.nvim_buf_is_loaded(buf) and name ~= "" and vim.bo[buf].buftype == "" then
      files[vim.uv.fs_realpath(name) or name] = buf
    end
  end
  return files
end

--- The loaded buffer of a file.
---@param path string absolute
---@return integer?
function M.buffer_of(path)
  return open_files()[vim.uv.fs_realpath(path) or path]
end

local function is_readonly(buf)
  return vim.bo[buf].readonly or not vim.bo[buf].modifiable
end

--- The state of the open ones among `params.paths`.
---@param params { paths: string[] }
function M.buffers(params)
  local files, result = open_files(), {}
  for _, path in ipairs(params.paths) do
    local buf = files[vim.uv.fs_realpath(path) or path]
    if buf then
      result[#result + 1] = {
        path = path,
        modified = vim.bo[buf].modified,
        changedtick = vim.api.nvim_buf_get_changedtick(buf),
        text = selection.text(buf),
        readonly = is_readonly(buf),
      }
    end
  end
  return result
end

--- Whether the file still holds what the unmodified buffer shows. `:write` would ask a question otherwise.
local function is_on_disk(buf, path)
  local file = io.open(path, "rb")
  if not file then
    return false
  end
  local raw = file:read("*a")
  file:close()
  if raw:sub(1, 3) == "\239\187\191" then
    raw = raw:sub(4)
  end
  if vim.bo[buf].fileformat == "dos" then
    raw = raw:gsub("\r\n", "\n")
  end
  local encoding = vim.bo[buf].fileencoding
  if encoding ~= "" and encoding ~= "utf-8" then
    raw = vim.iconv(raw, encoding, "utf-8") or raw
  end
  local text = selection.text(buf)
  return raw == text or raw .. "\n" == text
end

--- Leave out rows at both ends of an edit that stay as they are, so that marks and cursors on them stay too.
local function shrink(buf, edit)
  local old = vim.api.nvim_buf_get_lines(buf, edit.start, edit.start + edit.count, false)
  local new, top, bottom = edit.lines, 0, 0
  while top < #old and top < #new and old[top + 1] == new[top + 1] do
    top = top + 1
  end
  while bottom < #old - top and bottom < #new - top and old[#old - bottom] == new[#new - bottom] do
    bottom = bottom + 1
  end
  return edit.start + top, edit.start + #old - bottom, vim.list_slice(new, top + 1, #new - bottom)
end

--- Where `row` is after rows [first, last) gave way to `count` others: with its text; when that went, as far down as the
--- new text reaches, else on its first row.
local function moved(row, first, last, count)
  if row < first then
    return row
  end
  if row < last then
    return row - first < count and row or first
  end
  return row + count - (last - first)
end

--- Remember cursor and first row of each window on `buf`.
local function keep_views(buf)
  local views = {}
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    views[#views + 1] = { win = win, view = vim.api.nvim_win_call(win, vim.fn.winsaveview) }
  end
  local function follow(first, last, count)
    for _, kept in ipairs(views) do
      for _, name in ipairs({ "lnum", "topline" }) do
        kept.view[name] = moved(kept.view[name] - 1, first, last, count) + 1
      end
    end
  end
  local function restore()
    for _, kept in ipairs(views) do
      vim.api.nvim_win_call(kept.win, function()
        vim.fn.winrestview(kept.view)
      end)
    end
  end
  return follow, restore
end

--- Close the undo step of `buf`, so that what comes next is a step of its own.
local function close_undo_step(buf)
  vim.api.nvim_buf_call(buf, function()
    vim.cmd("let &g:undolevels = &g:undolevels")
  end)
end

local function change(buf, edits)
  table.sort(edits, function(a, b)
    return a.start > b.start
  end)
  local follow, restore = keep_views(buf)
  close_undo_step(buf)
  -- A buffer without text still has one empty row, which the new text replaces.
  local empty = selection.text(buf) == ""
  for _, edit in ipairs(edits) do
    if empty then
      vim.api.nvim_buf_set_lines(buf, 0, -1, false, edit.lines)
    else
      local first, last, lines = shrink(buf, edit)
      vim.api.nvim_buf_set_lines(buf, first, last, false, lines)
      follow(first, last, #lines)
    end
  end
  close_undo_step(buf)
  restore()
end

local function save(buf)
  local fix = vim.bo[buf].fixendofline
  vim.bo[buf].fixendofline = false -- a file without a last newline stays so
  local ok, err = pcall(vim.api.nvim_buf_call, buf, function()
    -- The file was compared just now; `!` only leaves out the question about its time stamp.
    vim.cmd("silent lockmarks keepalt write!")
  end)
  vim.bo[buf].fixendofline = fix
  return ok and not vim.bo[buf].modified, not ok and tostring(err):match("E%d+:.*") or nil
end

local function refuse(message)
  return { ok = false, saved = false, changedtick = 0, error = message }
end

--- Apply edits to an open buffer as one undo step; write it when it was unmodified.
---@param params { path: string, changedtick: integer, edits: { start: integer, count: integer, lines: string[] }[] }
---@return { ok: boolean, saved: boolean, changedtick: integer, error?: string }
function M.apply(params)
  local buf = M.buffer_of(params.path)
  local name = vim.fn.fnamemodify(params.path, ":~:.")
  if not buf then
    return refuse(("%s is not open any more; approve again."):format(name))
  end
  if vim.api.nvim_buf_get_changedtick(buf) ~= params.changedtick then
    return refuse(("%s changed a moment ago; approve again."):format(name))
  end
  if is_readonly(buf) then
    return refuse(("%s is read-only; :set noreadonly modifiable, then approve again."):format(name))
  end
  local write = not vim.bo[buf].modified
  if write and vim.uv.fs_stat(params.path) then
    if vim.fn.filewritable(params.path) ~= 1 then
      return refuse(("%s cannot be written; change its permissions, then approve again."):format(name))
    end
    if not is_on_disk(buf, params.path) then
      return refuse(("%s changed on disk; read it with :edit, then approve again."):format(name))
    end
  end
  local ok, err = pcall(change, buf, params.edits)
  if not ok then
    return refuse(("%s was not changed: %s"):format(name, err))
  end
  local saved, problem = false, nil
  if write then
    saved, problem = save(buf)
  end
  return { ok = true, saved = saved, changedtick = vim.api.nvim_buf_get_changedtick(buf), error = problem }
end

--- Read a file again that was written elsewhere; text typed here is never thrown away.
---@param params { path: string }
function M.checktime(params)
  local buf = M.buffer_of(params.path)
  if buf and not vim.bo[buf].modified then
    local autoread = vim.bo[buf].autoread
    vim.bo[buf].autoread = true -- without it Neovim asks a question
    vim.cmd.checktime(buf)
    vim.bo[buf].autoread = autoread
  end
  return vim.empty_dict()
end

return M
