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

local status_namespace = vim.api.nvim_create_namespace("remora.float")

--- A window below a row of the text, framed, as wide as the text.
local function below(win, row, height)
  return {
    relative = "win",
    win = win,
    bufpos = { row, 0 },
    row = 1,
    col = 0,
    width = math.max(vim.api.nvim_win_get_width(win) - 4, 20),
    height = height,
    style = "minimal",
    border = "rounded",
    focusable = false,
  }
end

--- A window at the right edge, no wider than what it shows.
local function corner(win, bottom, height, width)
  local info = vim.fn.getwininfo(win)[1]
  return {
    relative = "win",
    win = win,
    anchor = "SE",
    row = bottom + info.winbar,
    col = info.width,
    width = math.max(math.min(width, info.width - 1), 1),
    height = height,
    style = "minimal",
    border = { "", "", "", "", "", "", "", "│" },
    focusable = false,
  }
end

local corners = {} ---@type { float: integer, win: integer }[] previews in corners, the lowest first

--- Rows in the corner of `win` below the preview `float`, or below a new one.
---@param win integer
---@param float integer?
---@return integer
function M.taken(win, float)
  local rows = 0
  corners = vim.tbl_filter(function(each)
    return vim.api.nvim_win_is_valid(each.float)
  end, corners)
  for _, each in ipairs(corners) do
    if each.float == float then
      break
    elseif each.win == win then
      rows = rows + vim.api.nvim_win_get_height(each.float)
    end
  end
  return rows
end

--- Show the end of an answer and its status, without entering the window; called again, it changes them.
---@param float integer? the window of an earlier call
---@param lines string[]
---@param status string
---@param win integer the window with the text
---@param place remora.Place
---@param filetype string for highlighting
---@return integer float
function M.preview(float, lines, status, win, place, filetype)
  lines = vim.list_extend({}, lines)
  lines[#lines + 1] = status
  local width = 0
  for _, line in ipairs(lines) do
    width = math.max(width, vim.fn.strdisplaywidth(line))
  end
  local open = float and vim.api.nvim_win_is_valid(float)
  if open and not place.row then
    width = math.max(width, vim.api.nvim_win_get_width(float)) -- it does not shrink while text comes
  end
  local shape = place.row and below(win, place.row, #lines) or corner(win, place.bottom, #lines, width)
  if open then
    vim.api.nvim_win_set_config(float, shape)
  else
    local buf = vim.api.nvim_create_buf(false, true)
    vim.bo[buf].bufhidden = "wipe"
    shape.noautocmd = true
    float = vim.api.nvim_open_win(buf, false, shape)
    vim.wo[float].wrap = false
    local lang = vim.treesitter.language.get_lang(filetype) or filetype
    if not pcall(vim.treesitter.start, buf, lang) then
      vim.bo[buf].syntax = filetype
    end
  end
  local buf = vim.api.nvim_win_get_buf(float)
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.api.nvim_buf_set_extmark(buf, status_namespace, #lines - 1, 0, {
    id = 1,
    end_col = #status,
    hl_group = "RemoraStatus",
  })
  corners = vim.tbl_filter(function(each)
    return each.float ~= float or (each.win == win and not place.row)
  end, corners)
  if not place.row and M.taken(win, float) == M.taken(win) then
    table.insert(corners, { float = float, win = win })
  end
  vim.api.nvim_win_set_cursor(float, { #lines, 0 })
  return float
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

--- Close the message's window, when it is still there.
function M.dismiss()
  M.close(toast)
  toast = nil
end

--- Close a window of `preview` or `toast`.
---@param win integer?
function M.close(win)
  if win and vim.api.nvim_win_is_valid(win) then
    vim.api.nvim_win_close(win, true)
  end
end

return M
