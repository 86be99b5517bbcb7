--- The preview of an answer while it is written: a status line and the last lines of the text, below the node.
--- It is drawn in virtual lines or in a float, so the buffer, its undo history and the cursor stay as they are.
local M = {}

local float = require("remora.ui.float")
local highlight = require("remora.ui.highlight")
local sight = require("remora.ui.sight")

local namespace = vim.api.nvim_create_namespace("remora.stream")

local WORDS = {
  queued = "waiting its turn",
  starting = "starting",
  loading = "loading model",
  reading = "reading prompt",
  writing = "writing",
  checking = "checking",
  retrying = "asking once more",
  pulling = "downloading model",
}

local function amount(view)
  if view.phase == "writing" and view.done then
    return (" · %d tokens"):format(view.done)
  end
  if not view.total or view.total == 0 then
    return ""
  end
  if view.phase == "loading" or view.phase == "pulling" then
    return (" %d/%d MB"):format(math.floor((view.done or 0) / 1e6), math.ceil(view.total / 1e6))
  end
  return (" %d/%d"):format(view.done or 0, view.total)
end

--- One line that says what a request is doing, such as "reading prompt 120/480".
---@param view { phase: string, done?: integer, total?: integer, note?: string }
---@return string
function M.status(view)
  local note = view.note and view.note ~= "" and " · " .. view.note or ""
  return (WORDS[view.phase] or view.phase) .. amount(view) .. note
end

--- Mark rows [row, end_row] of `buf`; the preview follows them when text above changes.
---@param buf integer
---@param row integer
---@param end_row integer the last row
---@param id? integer an earlier anchor to move
---@return integer id
function M.anchor(buf, row, end_row, id)
  local last = vim.api.nvim_buf_line_count(buf) - 1
  row, end_row = math.min(row, last), math.min(math.max(row, end_row), last)
  return vim.api.nvim_buf_set_extmark(buf, namespace, row, 0, {
    id = id,
    end_row = end_row,
    end_col = 0,
    right_gravity = false,
    end_right_gravity = true,
  })
end

--- Rows of an anchor.
---@return integer row
---@return integer end_row the last row
function M.rows(buf, id)
  local mark = vim.api.nvim_buf_get_extmark_by_id(buf, namespace, id, { details = true })
  return mark[1] or 0, mark[3] and mark[3].end_row or mark[1] or 0
end

--- Neovim (0.11) leaves virtual lines at a window's end as they were when the line below them is out of sight.
local function undraw(buf, view)
  if view.drawn then
    vim.api.nvim_buf_del_extmark(buf, namespace, view.drawn)
    vim.api.nvim__redraw({ buf = buf, valid = false })
    view.drawn = nil
  end
end

--- Draw or draw again, where it is in sight.
---@param buf integer
---@param view { anchor: integer, drawn?: integer, float?: integer, phase: string, done?: integer, total?: integer, note?: string, text: string }
---@param options remora.Config
function M.draw(buf, view, options)
  local status = "remora  " .. M.status(view)
  local lines = view.text ~= "" and vim.split((view.text:gsub("\n$", "")), "\n", { plain = true }) or {}
  local count = math.min(#lines, options.preview_lines)
  local _, last = M.rows(buf, view.anchor)
  local win = sight.window(buf)
  undraw(buf, view) -- its own rows are no obstacle
  local floats = win and options.preview == "float"
  local place = win and sight.choose(win, last, count + (floats and 3 or 1), float.taken(win, view.float))
    or { row = last, room = count + 1 }
  if win and (floats or not place.row) then
    count = math.min(count, math.max(place.room - (place.row and 3 or 1), 0))
    local shown = vim.list_slice(lines, #lines - count + 1)
    view.float = float.preview(view.float, shown, status, win, place, vim.bo[buf].filetype)
    return
  end
  float.close(view.float)
  view.float = nil
  local virtual = highlight.lines(lines, buf, "RemoraPreview", math.min(count, place.room - 1))
  table.insert(virtual, 1, { { status, "RemoraStatus" } })
  view.drawn = vim.api.nvim_buf_set_extmark(buf, namespace, place.row, 0, { virt_lines = virtual })
end

--- Remove a preview and its anchor.
function M.clear(buf, view)
  float.close(view.float)
  view.float = nil
  if vim.api.nvim_buf_is_valid(buf) then
    undraw(buf, view)
    vim.api.nvim_buf_del_extmark(buf, namespace, view.anchor)
  end
end

return M
