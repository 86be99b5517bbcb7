--- What the server says of itself, in words.
local M = {}

--- Where the graph of a workspace stands.
local function standing(index)
  if not index or index.state == "resting" then
    return ""
  elseif index.state == "indexing" then
    return index.total > 0 and (", indexing %d/%d"):format(index.done, index.total) or ", indexing"
  elseif index.state == "current" then
    return index.watched and ", indexed" or ", indexed; the system does not tell changes, so files are looked at"
  end
  return ", not indexed: " .. index.message
end

--- One line per engine, workspace and request.
---@param status table the answer to `status`, see doc/protocol.md
---@return string[]
function M.lines(status)
  local lines = { ("server     %s, process %d"):format(status.version, status.pid) }
  for _, each in ipairs(status.engines) do
    local state = each.engine.state and each.engine.state .. ", " or ""
    local name = each.engine.model and each.engine.model ~= "" and each.engine.model or each.model
    lines[#lines + 1] = ("engine     %s %s: %s%d running, %d waiting"):format(
      each.engine.name or each.engine,
      name,
      state,
      each.running,
      each.waiting
    )
  end
  for _, workspace in ipairs(status.workspaces) do
    lines[#lines + 1] = ("workspace  %s%s"):format(vim.fn.fnamemodify(workspace.root, ":~"), standing(workspace.index))
  end
  for _, request in ipairs(status.requests) do
    lines[#lines + 1] = ("request    %s"):format(request)
  end
  return lines
end

return M
