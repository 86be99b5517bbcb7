--- Lines about nodes as virtual text, above a node or at the end of its header. A sign says where a line comes from.
local M = {}

local highlight = require("remora.ui.highlight")
local lines = require("remora.lines")

local namespace = vim.api.nvim_create_namespace("remora.summary")

--- At a header's end a line with less room than this says nothing.
local LEAST_CELLS = 12

local SIGNS = {
  rule = "RemoraLineRule",
  model = "RemoraLineModel",
  unsure = "RemoraLineUnsure",
  stale = "RemoraLineStale",
}

--- What a line's sign tells: that it is of an earlier text, made by rules, by a model, or not to be relied on.
---@param item remora.Line
---@param threshold number
---@return "stale"|"rule"|"model"|"unsure"
function M.standing(item, threshold)
  if item.stale then
    return "stale"
  elseif item.provenance == "llm_assisted" then
    return "model"
  elseif item.provenance == "rule_based_insufficient" or (item.confidence or 0) < threshold then
    return "unsure"
  end
  return "rule"
end

--- A line's sign and text with their groups; nil when nothing is said.
---@param item remora.Line
---@param known remora.Lines
---@param signs table<string, string>
---@return remora.Chunk? sign
---@return remora.Chunk? text
function M.chunks(item, known, signs)
  if not item.summary or item.summary == "" then
    return nil
  end
  local standing = M.standing(item, known.threshold)
  local text = item.summary:gsub("%c", " ")
  local sign = signs[standing] ~= "" and signs[standing] .. " " or ""
  return { sign, SIGNS[standing] }, { text, standing == "stale" and "RemoraLineStale" or "RemoraLine" }
end

--- The beginning of `text` that has room in `width` cells; `…` says that there is more.
---@param text string
---@param width integer
---@return string
function M.cut(text, width)
  if vim.fn.strdisplaywidth(text) <= width then
    return text
  end
  local kept, used = {}, 1
  for _, char in ipairs(vim.fn.split(text, "\\zs")) do
    used = used + vim.fn.strdisplaywidth(char)
    if used > width then
      break
    end
    kept[#kept + 1] = char
  end
  return (table.concat(kept):gsub("%s+$", "")) .. "…"
end

--- Cells for text in the widest window on `buf`; Neovim cuts in the others.
local function width_of(buf)
  local most = 0
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    local info = vim.fn.getwininfo(win)[1]
    most = math.max(most, info.width - info.textoff)
  end
  return most > 0 and most or vim.o.columns
end

local function put(buf, item, known, place, width, signs)
  local sign, text = M.chunks(item, known, signs)
  if not sign then
    return
  end
  local at = lines.place(buf, item)
  -- A line that was deleted with its node does not come back before the node does.
  if item.drawn and #vim.api.nvim_buf_get_extmark_by_id(buf, namespace, item.drawn, {}) == 0 then
    return
  end
  -- Neovim (0.11) shows no virtual line above a buffer's first line.
  local is_above = place == "above" and at.row > 0
  local row = is_above and at.row or at.header_end_row
  local code = vim.api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ""
  local mark = { end_row = row, end_col = #code, invalidate = true, undo_restore = false }
  local used = vim.fn.strdisplaywidth(sign[1])
  if is_above then
    local indent = highlight.expand(code:match("^%s*"), vim.bo[buf].tabstop)
    text[1] = M.cut(text[1], math.max(width - #indent - used, LEAST_CELLS))
    mark.virt_lines, mark.virt_lines_above = { { { indent, "RemoraLine" }, sign, text } }, true
  else
    local room = width - vim.fn.strdisplaywidth(highlight.expand(code, vim.bo[buf].tabstop)) - 1 - used
    if room < LEAST_CELLS then
      return
    end
    text[1] = M.cut(text[1], room)
    mark.virt_text, mark.virt_text_pos, mark.hl_mode = { sign, text }, "eol", "combine"
  end
  mark.id = item.drawn
  item.drawn = vim.api.nvim_buf_set_extmark(buf, namespace, row, 0, mark)
end

--- Scroll the current window until its cursor is in row `line` of the screen again.
local function scroll_back(line, mode)
  local moved = vim.fn.winline() - line
  if moved == 0 then
    return
  elseif mode == "n" then
    local key = vim.keycode(moved > 0 and "<C-e>" or "<C-y>")
    return vim.cmd(("noautocmd keepjumps normal! %d%s"):format(math.abs(moved), key))
  end
  -- In Insert mode no command may move the cursor.
  for _ = 1, math.abs(moved) do
    local away = vim.fn.winline() - line
    if away == 0 or away * moved < 0 then
      break
    end
    vim.fn.winrestview({ topline = math.max(vim.fn.line("w0") + (away > 0 and 1 or -1), 1), topfill = 0 })
  end
  vim.fn.winrestview({ topfill = math.max(line - vim.fn.winline(), 0) })
end

--- Rows that come or go above the cursor leave it at its place on the screen.
local function steadily(buf, run)
  local before, mode = {}, vim.fn.mode()
  if mode == "n" or mode == "i" then
    for _, win in ipairs(vim.fn.win_findbuf(buf)) do
      before[win] = vim.api.nvim_win_call(win, vim.fn.winline)
    end
  end
  run()
  for win, line in pairs(before) do
    vim.api.nvim_win_call(win, function()
      scroll_back(line, mode)
    end)
  end
end

--- Draw the lines of `known`, or draw them again.
---@param known remora.Lines
---@param options remora.Config
---@param only? table<string, boolean> keys of those that are shown; nil: all but the module's
---@param touched? remora.Line[] those to be drawn again; nil: all
function M.draw(known, options, only, touched)
  local buf, summary = known.buf, options.summary
  local width = width_of(buf)
  local function put_all(items)
    for _, item in ipairs(items) do
      if item.level > 0 and (not only or only[item.key]) then
        put(buf, item, known, summary.place, width, summary.signs)
      end
    end
  end
  if touched then
    return put_all(touched)
  end
  steadily(buf, function()
    vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
    for _, item in ipairs(known.items) do
      item.drawn = nil
    end
    put_all(known.items)
  end)
end

---@param buf integer
function M.clear(buf)
  if vim.api.nvim_buf_is_loaded(buf) then
    steadily(buf, function()
      vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
    end)
  end
end

return M
