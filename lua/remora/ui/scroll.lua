--- Bringing a hunk into sight whole: the rows that go and, below them, the virtual lines that come.
local M = {}

local diff = require("remora.ui.diff")

local own = {} ---@type table<integer, integer> window -> its own 'scrolloff', where a hunk needed a smaller one
local entered = {} ---@type table<integer, remora.Hunk> window -> the hunk at its cursor

--- Screen rows of `first` to `last`; filler above `first` is not counted, virtual lines below `last` are.
local function height(win, first, last)
  local all = vim.api.nvim_win_text_height(win, { start_row = first, start_vcol = 0, end_row = last }).all
  local text = { start_row = last, start_vcol = 0, end_row = last }
  local below
  if last + 1 < vim.api.nvim_buf_line_count(vim.api.nvim_win_get_buf(win)) then
    below = vim.api.nvim_win_text_height(win, { start_row = last + 1, end_row = last + 1 }).fill
  else
    text.end_row = nil
    below = vim.api.nvim_win_text_height(win, text).fill
  end
  return all + below
end

--- Whether rows `first` to `last` stand in the window with what is below them, or their start when they do not fit.
local function is_in_sight(win, first, last, fill)
  local view, room = vim.fn.winsaveview(), vim.fn.getwininfo(win)[1].height
  if first < view.topline - 1 or (first == view.topline - 1 and view.skipcol > 0) then
    return false
  end
  if fill > 0 then
    return view.topline == 1 and view.topfill >= math.min(fill, room - 1)
  end
  if height(win, first, last) > room then
    return first == view.topline - 1
  end
  return view.topfill + height(win, view.topline - 1, last) <= room
end

--- Give a window its own 'scrolloff' back.
local function release(win)
  if own[win] and vim.api.nvim_win_is_valid(win) then
    vim.api.nvim_set_option_value("scrolloff", own[win], { scope = "local", win = win })
  end
  own[win] = nil
end

--- 'scrolloff' keeps rows above the cursor, and would push the end of a high hunk out of the window.
local function make_room(win, rows)
  if rows < vim.wo[win].scrolloff then
    own[win] = own[win] or vim.api.nvim_get_option_value("scrolloff", { scope = "local", win = win })
    vim.api.nvim_set_option_value("scrolloff", rows, { scope = "local", win = win })
  end
end

--- Scroll a window so that a hunk is in it whole; of one that is higher than the window, its start.
---@param win integer
---@param hunk remora.Hunk
---@return boolean moved false when it was in sight already
function M.show(win, hunk)
  return vim.api.nvim_win_call(win, function()
    local first, last, fill = diff.extent(vim.api.nvim_win_get_buf(win), hunk)
    if is_in_sight(win, first, last, fill) then
      return false
    end
    local rows = vim.fn.getwininfo(win)[1].height
    local free = math.max(rows - fill - height(win, first, last), 0)
    if fill > 0 then
      make_room(win, 0)
      vim.fn.winrestview({ topline = 1, topfill = math.min(fill, rows - 1), skipcol = 0 })
      return true
    end
    local top, used = first, height(win, first, last)
    while top > 0 and height(win, top - 1, last) - used <= math.floor(free / 2) do
      top = top - 1
    end
    make_room(win, height(win, top, last) - used)
    vim.fn.winrestview({ topline = top + 1, topfill = 0, skipcol = 0 })
    return true
  end)
end

--- Put the current window's cursor on a hunk, the hunk in sight. The jump list remembers where it was.
---@param hunk remora.Hunk
function M.go(hunk)
  local win = vim.api.nvim_get_current_win()
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_cursor(win, { diff.home(vim.api.nvim_win_get_buf(win), hunk) + 1, 0 })
  vim.cmd("normal! ^zv")
  release(win)
  entered[win] = hunk
  M.show(win, hunk)
end

--- The cursor came to a hunk, or to none: a hunk that it comes to is brought into sight.
---@param win integer
---@param hunk? remora.Hunk
function M.enter(win, hunk)
  if entered[win] ~= hunk then
    entered[win] = hunk
    release(win)
    if hunk then
      M.show(win, hunk)
    end
  end
end

--- The review of a buffer ended.
---@param buf integer
function M.leave(buf)
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    M.enter(win, nil)
  end
end

return M
