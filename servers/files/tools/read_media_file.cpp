#include "schemas/files/read_media_file.hpp"

#include "servers/files/context.hpp"
#include "servers/files/media.hpp"

namespace files {

ReadMediaFileResult read_media_file(Context& context, const ReadMediaFileArgs& args, mcp::Call&) {
  const Found found = context.paths.open_file(args.path, "open");
  const std::string bytes = common::read_all(found.file, kMediaBytes);
  if (bytes.size() > kMediaBytes) {
    throw mcp::ToolError("Too long for one answer, which holds " + std::to_string(kMediaBytes) +
                         " bytes of a media file: " + found.path.string());
  }
  const std::string type = media_type(found.path);
  if (type.starts_with("image/") || type.starts_with("audio/")) {
    const bool image = type.starts_with("image/");
    return {.content = {{.type = image ? ContentBlockType::Image : ContentBlockType::Audio,
                         .data = base64(bytes),
                         .mimeType = type}}};
  }
  return {.content = {{.type = ContentBlockType::Resource,
                       .resource = Blob{
                           .uri = file_url(found.path), .mimeType = type, .blob = base64(bytes)}}}};
}

}  // namespace files
