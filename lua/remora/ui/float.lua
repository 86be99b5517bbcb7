--- Small floating windows that hold text and nothing else.
local M = {}

--- Show `lines` in the middle of the screen; q, <Esc> or leaving it closes it.
---@param lines string[]
---@param title string
---@return integer win
function M.show(lines, title)
  local buf = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].bufhidden, vim.bo[buf].modifiable = "wipe", false
  local width = vim.fn.strdisplaywidth(title) + 4
  for _, line in ipairs(lines) do
    width = math.max(width, vim.fn.strdisplaywidth(line))
  end
  width = math.min(width, vim.o.columns - 4)
  local height = math.min(#lines, vim.o.lines - 6)
  local win = vim.api.nvim_open_win(buf, true, {
    relative = "editor",
    row = math.floor((vim.o.lines - height) / 2) - 1,
    col = math.floor((vim.o.columns - width) / 2),
    width = width,
    height = height,
    style = "minimal",
    border = "rounded",
    title = " " .. title .. " ",
  })
  local function close()
    if vim.api.nvim_win_is_valid(win) then
      vim.api.nvim_win_close(win, true)
    end
  end
  for _, key in ipairs({ "q", "<Esc>" }) do
    vim.keymap.set("n", key, close, { buffer = buf, nowait = true })
  end
  vim.api.nvim_create_autocmd("WinLeave", { buffer = buf, once = true, callback = vim.schedule_wrap(close) })
  return win
end

--- Show `lines` beside the text, without entering the window; called again, it changes it.
---@param win integer? the window of an earlier call
---@param lines string[]
---@param at { win: integer, row: integer } below which row of which window
---@param filetype string for highlighting
---@return integer win
function M.beside(win, lines, at, filetype)
  local height = math.max(math.min(#lines, math.floor(vim.o.lines / 2)), 1)
  local shape = {
    relative = "win",
    win = at.win,
    bufpos = { at.row, 0 },
    row = 1,
    col = 0,
    width = math.max(vim.api.nvim_win_get_width(at.win) - 4, 20),
    height = height,
    style = "minimal",
    border = "rounded",
    focusable = false,
  }
  if win and vim.api.nvim_win_is_valid(win) then
    vim.api.nvim_win_set_config(win, shape)
  else
    local buf = vim.api.nvim_create_buf(false, true)
    vim.bo[buf].bufhidden = "wipe"
    win = vim.api.nvim_open_win(buf, false, shape)
    local lang = vim.treesitter.language.get_lang(filetype) or filetype
    if not pcall(vim.treesitter.start, buf, lang) then
      vim.bo[buf].syntax = filetype
    end
  end
  local buf = vim.api.nvim_win_get_buf(win)
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.api.nvim_win_set_cursor(win, { #lines, 0 })
  return win
end

local TOAST_MS = 8000
local toast ---@type integer?

--- Show a message above the statusline for some seconds, without entering the window.
---@param message string
---@param group string highlight group
function M.toast(message, group)
  M.close(toast)
  local width = math.min(vim.o.columns - 4, 100)
  local buf = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(message, "\n"))
  vim.bo[buf].bufhidden = "wipe"
  local height = 0
  for _, line in ipairs(vim.split(message, "\n")) do
    height = height + math.ceil(math.max(vim.fn.strdisplaywidth(line), 1) / (width * 0.85))
  end
  local win = vim.api.nvim_open_win(buf, false, {
    relative = "editor",
    anchor = "SW",
    row = vim.o.lines - vim.o.cmdheight - 1,
    col = 1,
    width = width,
    height = height,
    style = "minimal",
    border = "rounded",
    focusable = false,
    noautocmd = true,
  })
  vim.wo[win].wrap, vim.wo[win].linebreak = true, true
  vim.wo[win].winhighlight = "NormalFloat:" .. group
  toast = win
  vim.defer_fn(function()
    M.close(win)
  end, TOAST_MS)
end

--- Close a window of `beside` or `toast`.
---@param win integer?
function M.close(win)
  if win and vim.api.nvim_win_is_valid(win) then
    vim.api.nvim_win_close(win, true)
  end
end

return M
