#pragma once

#include <gmime/gmime.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// What the sources of this folder share of GMime; nobody else includes it.
namespace email {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct Free {
  void operator()(void* memory) const { g_free(memory); }
};
struct FreeOptions {
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;
using CString = std::unique_ptr<char, Free>;
using ParserOptions = std::unique_ptr<GMimeParserOptions, FreeOptions>;

/// Makes GMime ready, once a process. Threads may parse side by side.
void start_gmime();

inline std::string_view view(const char* text) {
  return text == nullptr ? "" : text;
}

/// Options that read what real senders write: loose addresses, raw 8-bit headers.
ParserOptions tolerant_options();

/// The message that `bytes` hold (an empty one, if GMime makes nothing of them).
Ref<GMimeMessage> parse_message(std::string_view bytes, GMimeParserOptions* options);

/// The content of a leaf, decoded from base64 and the like, at most `max_bytes`.
std::string decoded_content(GMimePart* part, std::size_t max_bytes);
std::int64_t decoded_size(GMimePart* part);

}  // namespace email
