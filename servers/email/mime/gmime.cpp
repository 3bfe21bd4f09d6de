#include "servers/email/mime/gmime.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace email {

void start_gmime() {
  static const bool started = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(started);
}

ParserOptions tolerant_options() {
  ParserOptions options(g_mime_parser_options_new());
  std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
  g_mime_parser_options_set_fallback_charsets(options.get(), charsets.data());
  g_mime_parser_options_set_allow_addresses_without_domain(options.get(), TRUE);
  return options;
}

Ref<GMimeMessage> parse_message(std::string_view bytes, GMimeParserOptions* options) {
  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  Ref<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options));
  return message ? std::move(message) : Ref<GMimeMessage>(g_mime_message_new(FALSE));
}

std::string decoded_content(GMimePart* part, std::size_t max_bytes) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Ref<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), std::min<std::size_t>(bytes->len, max_bytes)};
}

std::int64_t decoded_size(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return 0;
  const Ref<GMimeStream> out(g_mime_stream_null_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  return static_cast<std::int64_t>(GMIME_STREAM_NULL(out.get())->written);
}

}  // namespace email
