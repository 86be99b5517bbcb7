--- A proposal's hunks in a text that may have changed since: what is kept of them, and which one the cursor is near.
local M = {}

--- Hunks for drawing; decisions that were made here already stay.
---@param hunks table[] from the server
---@param old? remora.Hunk[]
---@return remora.Hunk[]
function M.copy(hunks, old)
  local decisions = {}
  for _, hunk in ipairs(old or {}) do
    decisions[hunk.id] = hunk.decision or false
  end
  return vim.tbl_map(function(hunk)
    local decision = decisions[hunk.id]
    if decision == nil then
      decision = hunk.decision
    end
    return {
      id = hunk.id,
      start = hunk.start,
      count = hunk.count,
      lines = hunk.lines,
      decision = decision or nil,
    }
  end, hunks)
end

local function by_id(hunks)
  local found = {}
  for _, hunk in ipairs(hunks) do
    found[hunk.id] = hunk
  end
  return found
end

--- The first hunk of the edit whose rows hold `row`; nil when there is none: whoever went on elsewhere stays there.
--- A span counts rows of the base text; in a text that changed since, the edit is where its first hunk went.
---@param review remora.Review
---@param file { path: string, base: table[], hunks: remora.Hunk[] }
---@param row integer
---@return remora.Hunk?
function M.hunk_of(review, file, row)
  local placed = by_id(file.hunks)
  for _, edit in ipairs(review.edits) do
    local first, last = edit.span[1], edit.span[4] > 0 and edit.span[3] or edit.span[3] - 1
    local base = edit.path == file.path
      and vim.iter(file.base):find(function(hunk)
        return placed[hunk.id] and first <= hunk.start and hunk.start <= last + 1
      end)
    if base then
      local hunk = placed[base.id]
      local moved = hunk.start - base.start
      if first + moved <= row and row <= last + moved then
        return hunk
      end
    end
  end
end

--- Split a node's key, such as "src/app.py-app-Cart.total", into its file and its name there.
---@param key? string
---@return string? path nil when the key holds none
---@return string name
function M.parts(key)
  key = key or "?"
  local from = 1
  while true do
    local at = key:find("-", from, true)
    if not at then
      return nil, key
    end
    local path = key:sub(1, at - 1)
    local stem = vim.fn.fnamemodify(path, ":t:r") .. "-"
    if vim.startswith(key:sub(at + 1), stem) then
      return path, key:sub(at + 1 + #stem)
    end
    from = at + 1
  end
end

return M
