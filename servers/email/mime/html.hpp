#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "servers/email/mime/mail.hpp"

namespace email {

/// HTML as a person would read it.
struct HtmlText {
  std::string text;  ///< Blocks as lines, list items "- ", quotes "> "; images by their alt text.
  std::vector<Mail::Link> links;
  bool has_hidden_text{};
  bool simplified{};  ///< Nested too deeply for the parser: tags were only cut out, hidden text
                      ///< stays.
};

/// `html` is valid UTF-8 of any shape; the caller bounds its size. Takes time in proportion to it.
HtmlText read_html(std::string_view html);

/// True if `text` reads as an address or host name other than the one that `url` leads to.
bool is_mismatch(std::string_view text, std::string_view url);

}  // namespace email
