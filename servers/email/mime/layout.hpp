#pragma once

#include <string>
#include <string_view>

namespace email {

/// format=flowed (RFC 3676) put back into paragraphs; `delete_space` is its DelSp=yes. Quote marks
/// stay.
std::string unflowed(std::string_view text, bool delete_space);

/// The text with every run of quoted lines ("> ...") as one line "[12 quoted lines]", and what
/// follows an "Original Message" line likewise.
std::string fold_quotes(std::string_view text);

}  // namespace email
