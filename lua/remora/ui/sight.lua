--- Where a preview is in sight. The window is never scrolled for it, so the row of its cursor must keep its place.
local M = {}

--- Where there is no room for the status and so many lines of text, a preview goes into the window's corner.
local LEAST_LINES = 3

--- The window to draw for: the current one, else another of this tab page that shows `buf`.
---@param buf integer
---@return integer? win
function M.window(buf)
  local win = vim.api.nvim_get_current_win()
  if vim.api.nvim_win_get_buf(win) ~= buf then
    win = vim.fn.bufwinid(buf)
  end
  return win ~= -1 and win or nil
end

--- Screen rows of the lines [first, last], with wraps, folds and what is drawn between them.
local function rows_of(win, first, last)
  if last < first then
    return 0
  end
  return vim.api.nvim_win_text_height(win, { start_row = first, start_vcol = 0, end_row = last }).all
end

---@class remora.Place
---@field row? integer virtual lines below this row are in sight; nil: there is no room between the lines
---@field room integer screen rows that are free there, at most as many as were wanted
---@field bottom? integer without `row`: the screen row of the window above which a float hides no cursor

--- Rows of the window's corner, below the cursor or else above it, for a float.
local function corner(win, top, height, wanted, taken)
  local cursor = vim.api.nvim_win_get_cursor(win)[1] - 1
  local below = height - rows_of(win, top, cursor)
  local above = rows_of(win, top, cursor - 1)
  wanted = math.min(wanted, math.max(math.floor(height / 2), 1))
  local bottom, free = height - taken, below - taken
  if free < math.min(wanted, LEAST_LINES + 1) and above > below then
    bottom, free = above - taken, above - taken
  end
  return { room = math.max(math.min(wanted, free), 1), bottom = math.max(bottom, 1) }
end

--- Where `wanted` rows about the node that ends in line `last` are seen in `win`.
---@param win integer
---@param last integer
---@param wanted integer
---@param taken integer rows of the corner that other previews have
---@return remora.Place
function M.choose(win, last, wanted, taken)
  local info = vim.fn.getwininfo(win)[1]
  local top, height = vim.fn.line("w0", win) - 1, info.height
  local cursor = vim.api.nvim_win_get_cursor(win)[1] - 1
  local least = LEAST_LINES + 1
  if last < top then
    return corner(win, top, height, wanted, taken)
  end
  if cursor > last then
    -- Lines above the cursor push it down, with the lines that 'scrolloff' keeps below it.
    local kept = math.min(cursor + vim.wo[win].scrolloff, vim.api.nvim_buf_line_count(info.bufnr) - 1)
    local room = height - rows_of(win, top, kept)
    if room < least then
      return corner(win, top, height, wanted, taken)
    end
    return { row = last, room = math.min(wanted, room) }
  end
  local row = math.max(cursor, top)
  local used = rows_of(win, top, row)
  if height - used < least then
    return corner(win, top, height, wanted, taken)
  end
  wanted = math.min(wanted, height - used)
  while row < last do
    local more = rows_of(win, row + 1, row + 1)
    if used + more + wanted > height then
      break
    end
    row, used = row + 1, used + more
  end
  return { row = row, room = wanted }
end

return M
