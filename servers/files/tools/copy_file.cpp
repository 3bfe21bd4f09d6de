#include "schemas/files/copy_file.hpp"

#include "servers/files/context.hpp"

namespace files {

CopyFileResult copy_file(Context& context, const CopyFileArgs& args, mcp::Call& call) {
  const Amount amount = context.changes.copy(
      {.source = args.source, .destination = args.destination, .dry_run = args.dry_run}, call);
  return {.path = amount.path, .files = amount.files, .bytes = amount.bytes};
}

}  // namespace files
