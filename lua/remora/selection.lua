--- What the user points at: the visual selection, or the cursor. Rows are 0-based, columns bytes, ends exclusive.
local M = {}

---@class remora.Selection
---@field buf integer
---@field path string absolute
---@field changedtick integer
---@field span? integer[] {row, col, row, col}: the selected text without the blanks around it
---@field pos? integer[] {row, col}: the cursor, at the line's first character when it stands before it
---@field text? string canonical text of the buffer, when it differs from the file

--- The buffer's text: LF, one newline at the end unless it is empty.
---@param buf integer
---@return string
function M.text(buf)
  local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  if #lines == 1 and lines[1] == "" then
    return ""
  end
  for i, line in ipairs(lines) do
    -- Inside a line Neovim keeps NUL as a newline.
    if line:find("\n", 1, true) then
      lines[i] = line:gsub("\n", "\0")
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

--- Languages that can be edited, and how their files' names end; the server goes by these names too.
M.languages = { python = { ".py", ".pyi" } }

--- Why a file's language cannot be edited; nil when it can.
local function foreign(name, filetype)
  local known = {}
  for language, suffixes in vim.spairs(M.languages) do
    for _, suffix in ipairs(suffixes) do
      if vim.endswith(name, suffix) then
        return nil
      end
    end
    known[#known + 1] = ("%s (%s)"):format(language:gsub("^%l", string.upper), table.concat(suffixes, ", "))
  end
  local text = table.concat(known, ", ")
  if M.languages[filetype] then
    return ("edits %s by the end of a file's name; rename this file."):format(text)
  end
  local what = filetype ~= "" and filetype or vim.fs.basename(name)
  return ("edits %s, not %s; open such a file."):format(text, what)
end

--- Why nothing can be asked about `buf`; nil when it shows a file of this machine.
---@param buf integer
---@return string? message
function M.no_file(buf)
  local name, kind = vim.api.nvim_buf_get_name(buf), vim.bo[buf].buftype
  if name:find("^%a[%w+.-]*://") then
    return ("%s is not a file on this machine; open a local copy and select there."):format(name)
  end
  if kind ~= "" then
    return ("this is a %s buffer, not a file; go to a file of your project and select there."):format(kind)
  end
  if name == "" then
    return "this buffer has no file name yet; save it with :write NAME, then ask again."
  end
end

--- Why requests cannot be made from `buf`; nil when they can.
---@param buf integer
---@return string? message
function M.refusal(buf)
  return M.no_file(buf) or foreign(vim.api.nvim_buf_get_name(buf), vim.bo[buf].filetype)
end

--- The cursor's position; before the first character of a line it counts as standing on it.
---@param win integer
---@return integer row
---@return integer col
function M.cursor(win)
  local row, col = unpack(vim.api.nvim_win_get_cursor(win))
  local line = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), row - 1, row, false)[1] or ""
  return row - 1, math.max(col, #line:match("^%s*") < #line and #line:match("^%s*") or 0)
end

--- Shrink a span to its first and last character that is not blank; nil when there is none.
local function trim(buf, first_row, first_col, last_row, last_col)
  local lines = vim.api.nvim_buf_get_lines(buf, first_row, last_row + 1, false)
  lines[#lines] = lines[#lines]:sub(1, last_col)
  lines[1] = (" "):rep(math.min(first_col, #lines[1])) .. lines[1]:sub(first_col + 1)
  local top, bottom = 1, #lines
  while top <= bottom and not lines[top]:find("%S") do
    top = top + 1
  end
  while bottom >= top and not lines[bottom]:find("%S") do
    bottom = bottom - 1
  end
  if top <= bottom then
    return {
      first_row + top - 1,
      lines[top]:find("%S") - 1,
      first_row + bottom - 1,
      #lines[bottom]:gsub("%s+$", ""),
    }
  end
end

--- The span of a command's range. When the range is the last visual selection, its columns count.
local function span_of(buf, range)
  local first, last = range[1] - 1, range[2] - 1
  local open, close = vim.api.nvim_buf_get_mark(buf, "<"), vim.api.nvim_buf_get_mark(buf, ">")
  local line = vim.api.nvim_buf_get_lines(buf, last, last + 1, false)[1] or ""
  if vim.fn.visualmode() == "v" and open[1] - 1 == first and close[1] - 1 == last then
    local col = close[2]
    if vim.o.selection ~= "exclusive" and col < #line then
      col = col + 1 + vim.str_utf_end(line, col + 1)
    end
    return trim(buf, first, open[2], last, math.min(col, #line))
  end
  return trim(buf, first, 0, last, #line)
end

---@return remora.Selection
local function at_cursor(win, buf)
  local path = vim.api.nvim_buf_get_name(buf)
  local selection = { buf = buf, path = path, changedtick = vim.api.nvim_buf_get_changedtick(buf) }
  selection.pos = { M.cursor(win) }
  if vim.bo[buf].modified or not vim.uv.fs_stat(path) then
    selection.text = M.text(buf)
  end
  return selection
end

--- What a request from `win` is about.
---@param win integer
---@param range? integer[] first and last line of the command's range, 1-based, inclusive
---@return remora.Selection?
---@return string? message for the user, when there is no selection
function M.of(win, range)
  local buf = vim.api.nvim_win_get_buf(win)
  local refusal = M.refusal(buf)
  if refusal then
    return nil, refusal
  end
  local selection = at_cursor(win, buf)
  if range then
    selection.pos, selection.span = nil, span_of(buf, range)
    if not selection.span then
      return nil, "only blank lines are selected; select a function, or put the cursor in one."
    end
  end
  return selection
end

--- The place of the cursor, in a file of any language.
---@param win integer
---@return remora.Selection?
---@return string? message for the user, when there is none
function M.place(win)
  local buf = vim.api.nvim_win_get_buf(win)
  local refusal = M.no_file(buf)
  if refusal then
    return nil, refusal
  end
  return at_cursor(win, buf)
end

return M
