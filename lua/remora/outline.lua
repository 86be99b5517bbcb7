--- :RemoraOutline: a window at the side with the nodes of the buffer one works in and their lines. It follows the
--- cursor from buffer to buffer; each tab page has its own.
local M = {}

local config = require("remora.config")
local jump = require("remora.ui.jump")
local lines = require("remora.lines")
local ui = require("remora.ui.outline")

local namespace = vim.api.nvim_create_namespace("remora.outline")

---@class remora.Outline
---@field buf integer the panel's own
---@field win integer
---@field side "left"|"right"
---@field source? integer buffer whose nodes are shown
---@field view? remora.OutlineView

--- Options of the window.
local WINDOW = {
  number = false,
  relativenumber = false,
  signcolumn = "no",
  foldcolumn = "0",
  foldenable = false,
  list = false,
  spell = false,
  colorcolumn = "",
  wrap = true,
  linebreak = true,
  breakindent = true,
  breakindentopt = "shift:4",
  cursorline = true,
  winfixwidth = true,
  winfixbuf = true,
  statusline = " Outline",
}

local panels = {} ---@type table<integer, remora.Outline> tab page -> its outline
local group = vim.api.nvim_create_augroup("remora.outline", {})

local function user(panel)
  return "outline " .. panel.buf
end

local function panel_here()
  local panel = panels[vim.api.nvim_get_current_tabpage()]
  return panel and vim.api.nvim_win_is_valid(panel.win) and panel or nil
end

--- The panel's cursor stands on the innermost node around the cursor of the window one works in.
local function point(panel)
  local win = vim.api.nvim_get_current_win()
  local known = panel.source and lines.of(panel.source)
  if win == panel.win or not known or not panel.view or vim.api.nvim_win_get_buf(win) ~= panel.source then
    return
  end
  local row = vim.api.nvim_win_get_cursor(win)[1] - 1
  local here = lines.among(known, row, row)[1] or panel.view.items[1]
  for i, item in ipairs(panel.view.items) do
    if item == here and vim.api.nvim_win_get_cursor(panel.win)[1] ~= i then
      vim.api.nvim_win_set_cursor(panel.win, { i, 0 })
    end
  end
end

local function colour(panel, marks)
  for _, mark in ipairs(marks) do
    vim.api.nvim_buf_set_extmark(panel.buf, namespace, mark.row, mark.col, {
      end_col = mark.end_col,
      hl_group = mark.group,
    })
  end
end

local function write(panel, first, last, text)
  vim.bo[panel.buf].modifiable = true
  vim.api.nvim_buf_set_lines(panel.buf, first, last, false, text)
  vim.bo[panel.buf].modifiable = false
end

local function render(panel, view)
  local old, row = panel.view, vim.api.nvim_win_get_cursor(panel.win)[1]
  local stood_on = old and old.items[row] and old.items[row].key
  panel.view = view
  if not old or not vim.deep_equal(old.lines, view.lines) then
    write(panel, 0, -1, view.lines)
    for i, item in ipairs(view.items) do
      if item.key == stood_on then
        vim.api.nvim_win_set_cursor(panel.win, { i, 0 })
      end
    end
  end
  vim.api.nvim_buf_clear_namespace(panel.buf, namespace, 0, -1)
  colour(panel, view.marks)
  point(panel)
end

--- The rows of nodes that were touched; typing does not have the whole outline written.
local function renew(panel, known, touched, signs)
  local is_touched = {}
  for _, item in ipairs(touched) do
    is_touched[item] = true
  end
  for i, item in ipairs(panel.view.items) do
    if is_touched[item] then
      local text, marks = ui.row(item, i - 1, known, signs)
      vim.api.nvim_buf_clear_namespace(panel.buf, namespace, i - 1, i)
      write(panel, i - 1, i, { text })
      panel.view.lines[i] = text
      colour(panel, marks)
    end
  end
end

local function draw(panel, known, touched)
  if not vim.api.nvim_win_is_valid(panel.win) then
    return
  end
  local signs = config.get().summary.signs
  if touched then
    return renew(panel, known, touched, signs)
  end
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(known.buf))
  local is_known = #known.items > 0 and not known.why
  local why = known.why and (name ~= "" and name .. ": " or "") .. known.why or name .. ": nothing to outline."
  render(panel, is_known and ui.view(known, signs) or ui.words(why))
end

--- Show the nodes of `buf`.
local function show(panel, buf)
  if panel.source == buf and lines.of(buf) then
    return point(panel)
  end
  if panel.source then
    lines.leave(panel.source, user(panel))
  end
  panel.source = buf
  local known = lines.use(buf, user(panel), {
    draw = function(known, touched)
      draw(panel, known, touched)
    end,
  })
  if not known.is_read then
    render(panel, ui.words("reading " .. vim.fs.basename(vim.api.nvim_buf_get_name(buf)) .. " …"))
  end
end

--- Follow the window one works in. Help, quickfix and other windows without a file leave the outline as it is.
local function follow()
  local panel = panel_here()
  if not panel or vim.api.nvim_get_current_win() == panel.win then
    return
  end
  local buf = vim.api.nvim_get_current_buf()
  if vim.bo[buf].buftype == "" and vim.api.nvim_win_get_config(0).relative == "" then
    show(panel, buf)
  end
end

--- Take a panel that is closed off the books.
local function forget(tab)
  local panel = panels[tab]
  panels[tab] = nil
  if panel and panel.source then
    lines.leave(panel.source, user(panel))
  end
  if not next(panels) then
    vim.api.nvim_clear_autocmds({ group = group })
  end
end

local function close(panel)
  if vim.api.nvim_win_is_valid(panel.win) then
    if #vim.api.nvim_list_wins() == 1 then
      return vim.cmd("confirm quit")
    end
    vim.api.nvim_win_close(panel.win, true)
  end
end

--- The window for the text: one that shows the outline's buffer, else the one that was left last.
local function text_window(panel)
  local before = vim.fn.win_getid(vim.fn.winnr("#"))
  local choices = vim.list_extend({ before }, vim.api.nvim_tabpage_list_wins(0))
  for _, wanted in ipairs({ panel.source, false }) do
    for _, win in ipairs(choices) do
      local is_text = win ~= 0 and win ~= panel.win and vim.api.nvim_win_get_config(win).relative == ""
      if is_text and (not wanted or vim.api.nvim_win_get_buf(win) == wanted) then
        return win
      end
    end
  end
end

--- Open a window for the text where none is left.
local function beside(panel)
  local win =
    vim.api.nvim_open_win(panel.source, true, { split = panel.side == "left" and "right" or "left", win = panel.win })
  for name in pairs(WINDOW) do
    local value = vim.api.nvim_get_option_value(name, { scope = "global" })
    vim.api.nvim_set_option_value(name, value, { scope = "local", win = win })
  end
  vim.api.nvim_win_set_width(panel.win, config.get().outline.width)
end

--- Go to the node of the panel's row.
local function go(panel)
  local item = panel.view and panel.view.items[vim.api.nvim_win_get_cursor(panel.win)[1]]
  if not item or not vim.api.nvim_buf_is_loaded(panel.source) then
    return
  end
  local win = text_window(panel)
  if win then
    vim.api.nvim_set_current_win(win)
  else
    beside(panel)
  end
  local row = item.level == 0 and 0 or lines.place(panel.source, item).header_row
  local line = vim.api.nvim_buf_get_lines(panel.source, row, row + 1, false)[1] or ""
  local col = line:find(item.name, 1, true) or line:find("%S") or 1
  local file = vim.api.nvim_buf_get_name(panel.source)
  if vim.api.nvim_get_current_buf() ~= panel.source and not vim.uv.fs_stat(file) then
    return vim.cmd.buffer(panel.source)
  end
  jump.to({ file = file, row = row, col = col - 1 })
end

local function map(panel)
  local keys = {
    ["<CR>"] = go,
    q = close,
    R = function()
      if panel.source then
        lines.refresh(panel.source)
      end
    end,
  }
  for key, run in pairs(keys) do
    vim.keymap.set("n", key, function()
      run(panel)
    end, { buffer = panel.buf, nowait = true })
  end
end

--- The panel goes with the last window beside it: `:q` there leaves Neovim as it does without an outline.
local function quit_with_last(args)
  local panel = panel_here()
  if not panel or vim.api.nvim_get_current_win() == panel.win or args.buf == panel.buf then
    return
  end
  local beside = vim.tbl_filter(function(win)
    return win ~= panel.win and vim.api.nvim_win_get_config(win).relative == ""
  end, vim.api.nvim_tabpage_list_wins(0))
  if #beside == 1 then
    close(panel)
  end
end

local function follow_windows()
  if #vim.api.nvim_get_autocmds({ group = group }) > 0 then
    return
  end
  local function on(events, callback)
    vim.api.nvim_create_autocmd(events, { group = group, callback = callback })
  end
  on({ "BufEnter", "WinEnter", "CursorMoved", "CursorMovedI", "BufFilePost" }, follow)
  on("QuitPre", quit_with_last)
end

local function open()
  local options = config.get().outline
  local buf = vim.api.nvim_create_buf(false, true)
  vim.bo[buf].bufhidden, vim.bo[buf].modifiable, vim.bo[buf].undolevels = "wipe", false, -1
  local win = vim.api.nvim_open_win(buf, false, { split = options.side, win = -1, width = options.width })
  for name, value in pairs(WINDOW) do
    vim.api.nvim_set_option_value(name, value, { scope = "local", win = win })
  end
  vim.bo[buf].filetype = "remora-outline"
  local tab = vim.api.nvim_get_current_tabpage()
  local panel = { buf = buf, win = win, side = options.side }
  panels[tab] = panel
  map(panel)
  follow_windows()
  vim.api.nvim_create_autocmd("BufWipeout", {
    buffer = buf,
    callback = function()
      forget(tab)
    end,
  })
  local here = vim.api.nvim_get_current_buf()
  if vim.bo[here].buftype == "" then
    show(panel, here)
  else
    render(panel, ui.words(lines.refusal(here)))
  end
end

--- :RemoraOutline: open it, or close it.
function M.toggle()
  local panel = panel_here()
  if panel then
    close(panel)
  else
    open()
  end
end

return M
