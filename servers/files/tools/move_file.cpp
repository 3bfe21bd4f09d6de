#include "schemas/files/move_file.hpp"

#include "servers/files/context.hpp"

namespace files {

Content move_file(Context& context, const MoveFileArgs& args, mcp::Call& call) {
  context.changes.move({.source = args.source, .destination = args.destination}, call);
  return {.content = "Successfully moved " + args.source + " to " + args.destination};
}

}  // namespace files
