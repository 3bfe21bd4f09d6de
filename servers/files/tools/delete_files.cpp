#include "schemas/files/delete_files.hpp"

#include "servers/files/context.hpp"

namespace files {

DeleteFilesResult delete_files(Context& context, const DeleteFilesArgs& args, mcp::Call& call) {
  const Amount amount = context.changes.remove(args.paths, args.dry_run, call);
  return {.deleted = args.paths, .files = amount.files, .bytes = amount.bytes, .failed = {}};
}

}  // namespace files
