--- A proposal inside its buffer: rows that go are coloured, rows that come are virtual lines below them.
local M = {}

local highlight = require("remora.ui.highlight")

local namespace = vim.api.nvim_create_namespace("remora.diff")

---@class remora.Hunk a hunk placed in a buffer
---@field id any
---@field start integer first row that goes, or the row before which the lines come
---@field count integer rows that go
---@field lines string[] rows that come
---@field decision? "accepted"|"dismissed"
---@field mark? integer extmark over the rows; it moves with the text
---@field rows? integer the lines' extmark
---@field height? integer virtual lines drawn

local LABELS = {
  accepted = { "accepted", "RemoraAccepted" },
  dismissed = { "dismissed", "RemoraDismissed" },
}

--- Where a hunk is now: its first row and the number of rows that go.
---@return integer start
---@return integer count
function M.rows(buf, hunk)
  local mark = hunk.mark and vim.api.nvim_buf_get_extmark_by_id(buf, namespace, hunk.mark, { details = true }) or {}
  if not mark[1] then
    return hunk.start, hunk.count
  end
  return mark[1], hunk.count == 0 and 0 or mark[3].end_row - mark[1]
end

--- The row on which the cursor stands for this hunk.
---@return integer row
function M.home(buf, hunk)
  local start, count = M.rows(buf, hunk)
  local row = count > 0 and start or math.max(start - 1, 0)
  return math.min(row, vim.api.nvim_buf_line_count(buf) - 1)
end

--- The rows that a hunk takes, and how many of its virtual lines stand above the first one (those below are none).
---@return integer first
---@return integer last
---@return integer fill
function M.extent(buf, hunk)
  local start, count = M.rows(buf, hunk)
  local home = M.home(buf, hunk)
  if count > 0 then
    return home, math.min(start + count, vim.api.nvim_buf_line_count(buf)) - 1, 0
  end
  return home, home, start == 0 and (hunk.height or 0) or 0
end

--- Cells for text in the narrowest window on `buf`.
---@return integer
function M.width(buf)
  local least = vim.o.columns
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    local info = vim.fn.getwininfo(win)[1]
    least = math.min(least, info.width - info.textoff)
  end
  return math.max(least, 4)
end

--- The row over the lines that come, as far in as they are; a name too long for the window is cut.
local function label(hunk, title, width)
  local text, group = unpack(LABELS[hunk.decision] or { title.place, "RemoraLabel" })
  local name = title.name and title.name .. " · " or ""
  if vim.fn.strdisplaywidth(name .. text) > width then
    name = ""
  end
  local indent = #(hunk.lines[1] or ""):match("^ *")
  local room = math.max(width - vim.fn.strdisplaywidth(name .. text), 0)
  return { { (" "):rep(math.min(indent, room)) }, { name .. text, group } }
end

--- Without true colours a syntax colour over the background of added rows may be the same colour.
local function coloured(lines, buf, group, plain)
  if plain then
    return vim.tbl_map(function(line)
      return { { highlight.expand(line, vim.bo[buf].tabstop), group } }
    end, lines)
  end
  return highlight.lines(lines, buf, group)
end

local function added(buf, hunk, title)
  local group, width = hunk.decision and "RemoraDecided" or "RemoraAdd", M.width(buf)
  local rows = { label(hunk, title, width) }
  for _, chunks in ipairs(coloured(hunk.lines, buf, group, hunk.decision or not vim.o.termguicolors)) do
    for _, row in ipairs(highlight.wrap(chunks, width, "RemoraLabel")) do
      -- Virtual lines end with their text; the blanks draw the group up to the window's edge.
      table.insert(row, { (" "):rep(vim.o.columns), group })
      rows[#rows + 1] = row
    end
  end
  return rows
end

--- Virtual lines above a window's first row are outside it unless the window is told to show filler rows.
local function reveal_top(buf, height)
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    vim.api.nvim_win_call(win, function()
      if vim.fn.line("w0") == 1 then
        vim.fn.winrestview({ topfill = height })
      end
    end)
  end
end

--- Draw a hunk, or draw it again.
---@param buf integer
---@param hunk remora.Hunk
---@param title { place: string, name?: string } such as "hunk 1/2", and whose it is
function M.draw(buf, hunk, title)
  local start, count = M.rows(buf, hunk)
  local last = vim.api.nvim_buf_line_count(buf)
  start = math.min(start, last)
  local inserted = added(buf, hunk, title)
  local group = hunk.decision == "accepted" and "RemoraDecided" or not hunk.decision and "RemoraDelete" or nil
  hunk.mark = vim.api.nvim_buf_set_extmark(buf, namespace, math.min(start, last - (count > 0 and 1 or 0)), 0, {
    id = hunk.mark,
    end_row = math.min(start + count, last),
    end_col = 0,
    hl_group = count > 0 and group or nil,
    hl_eol = true,
    strict = false,
    priority = 5000,
    right_gravity = count == 0,
    end_right_gravity = false,
  })
  local row = count > 0 and start + count - 1 or start - 1
  local above = row < 0
  hunk.height = #inserted
  hunk.rows = vim.api.nvim_buf_set_extmark(buf, namespace, math.max(row, 0), 0, {
    id = hunk.rows,
    virt_lines = inserted,
    virt_lines_above = above,
  })
  if above then
    reveal_top(buf, #inserted)
  end
end

--- Remove a hunk's drawing.
function M.erase(buf, hunk)
  for _, id in ipairs({ hunk.mark, hunk.rows }) do
    vim.api.nvim_buf_del_extmark(buf, namespace, id)
  end
  hunk.mark, hunk.rows = nil, nil
end

return M
