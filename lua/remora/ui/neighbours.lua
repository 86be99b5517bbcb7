--- Lists of nodes: the quickfix list, and |vim.ui.select()|.
local M = {}

local jump = require("remora.ui.jump")
local notice = require("remora.notice")
local refs = require("remora.ui.refs")

local ROWS = 10

---@class remora.Neighbours
---@field title string
---@field method "callers"|"callees"|"impact"
---@field root string
---@field refs remora.Ref[] by depth

--- Lines of the list; where some are further away than others, each says how far.
local function lines(list)
  local is_deep = vim.iter(list.refs):any(function(ref)
    return ref.depth > 1
  end)
  return vim.tbl_map(function(ref)
    local name, remark = refs.label(ref), refs.remark(ref)
    local text = is_deep and ("%d  %s%s"):format(ref.depth, ("  "):rep(ref.depth - 1), name) or name
    return remark ~= "" and ("%s  (%s)"):format(text, remark) or text
  end, list.refs)
end

--- Fill the quickfix list.
---@param list remora.Neighbours
---@param is_shown boolean whether to open its window
function M.quickfix(list, is_shown)
  local items = {}
  for i, text in ipairs(lines(list)) do
    local ref = list.refs[i]
    local target = refs.target(ref, list.method, list.root)
    items[i] = { text = text, user_data = { key = ref.key, depth = ref.depth } }
    if target then
      items[i].filename, items[i].lnum, items[i].col = target.file, target.row + 1, target.col + 1
    end
  end
  vim.fn.setqflist({}, " ", { title = list.title, items = items, nr = "$" })
  if is_shown then
    vim.cmd(("botright copen %d"):format(math.min(#items, ROWS)))
  else
    notice.info(("%s are in the quickfix list (%d); :copen shows them."):format(list.title, #items))
  end
end

--- Choose one and go there.
---@param list remora.Neighbours
function M.select(list)
  local texts = lines(list)
  local numbers = vim.iter(ipairs(texts)):totable()
  vim.ui.select(numbers, {
    prompt = list.title,
    kind = "remora.node",
    format_item = function(pair)
      local target = refs.target(list.refs[pair[1]], list.method, list.root)
      local place = target and ("  %s:%d"):format(target.file:sub(#list.root + 2), target.row + 1) or ""
      return pair[2] .. place
    end,
  }, function(pair)
    if pair then
      jump.to(refs.target(list.refs[pair[1]], list.method, list.root))
    end
  end)
end

return M
