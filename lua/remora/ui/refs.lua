--- A node in a list: its name, what is to be said of the edge that leads to it, and where a line leads.
local M = {}

---@class remora.Ref a node as a list shows it; rows and columns are 0-based
---@field key string
---@field kind string
---@field name string
---@field path string from the root; "" for what lies outside the workspace
---@field row integer
---@field col integer
---@field signature string
---@field edge? string such as "CALLS"
---@field mark? "exact"|"inferred"|"heuristic"
---@field depth? integer
---@field site? { path: string, row: integer, col: integer } where the call is

--- A node's name with what it stands in, such as "Cart.total".
---@param ref remora.Ref
---@return string
function M.name(ref)
  if ref.path == "" then
    return ref.key
  end
  local _, name = require("remora.placing").parts(ref.key)
  return name == "<module>" and ref.path or name
end

--- How a line of a list calls a node; its place stands beside it, so a module need not name its file again.
---@param ref remora.Ref
---@return string
function M.label(ref)
  return ref.kind == "module" and ref.path ~= "" and "<module>" or M.name(ref)
end

--- Where a line of a list leads: to the call, and for callees to what is called.
---@param ref remora.Ref
---@param method "callers"|"callees"|"impact"|"tests"|"node"|"members"|"importers"
---@param root string
---@return remora.Target?
function M.target(ref, method, root)
  local to_site = ref.site and (method == "callers" or method == "impact" or method == "importers" or ref.path == "")
  local place = to_site and ref.site or ref
  return place.path ~= "" and { file = vim.fs.joinpath(root, place.path), row = place.row, col = place.col } or nil
end

local VERBS = { CALLS = "", TESTS = "", CONTAINS = "", DEPENDS = "", REFERENCES = "references", INSTANTIATES = "makes" }

--- What there is to say of an edge that is no certain call; "" when it is one.
---@param ref remora.Ref
---@return string
function M.remark(ref)
  local words = {}
  local verb = VERBS[ref.edge] or (ref.edge or ""):lower()
  if verb ~= "" then
    words[1] = verb
  end
  if ref.mark and ref.mark ~= "exact" then
    words[#words + 1] = ref.mark
  end
  return table.concat(words, ", ")
end

return M
