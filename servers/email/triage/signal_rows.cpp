#include "servers/email/triage/signals.hpp"

namespace email::triage {

namespace {

constexpr std::array<SignalRow, kSignalCount> kRows = {{
    {"is_reply", -1.5F, ""},
    {"claims_reply", 0.3F, "says Re: but answers no message"},
    {"quotes", -0.8F, ""},
    {"signature", -0.3F, ""},
    {"list_post", -0.5F, ""},
    {"list_unsubscribe", -0.8F, ""},
    {"bulk", 0.0F, ""},
    {"subject_tag", -0.3F, ""},

    {"name_missing", 0.5F, "the sender gives no name"},
    {"name_is_other_address", 1.0F, "the sender's name is an address, and not the sender's"},
    {"name_unrelated", 0.3F, "the sender's name has nothing to do with the address"},
    {"name_capitals", 0.5F, "the sender's name is in capitals"},
    {"sender_digits", 0.4F, "the sender's address is full of digits"},
    {"sender_random", 0.5F, "the sender's address looks made up by a machine"},
    {"sender_host_odd", 0.6F, "the sender's host looks made up by a machine"},
    {"sender_ending", 0.5F, "the sender's host ends as hosts bought for unsolicited mail often do"},
    {"reply_elsewhere", 0.6F, "answers would go to another domain than the sender's"},
    {"bounce_elsewhere", 0.2F, ""},
    {"id_odd", 0.4F, "the Message-ID is missing or malformed"},
    {"recipient_missing", 0.3F, "addressed to nobody"},
    {"recipients_many", 0.3F, "addressed to many people at once"},
    {"to_sender", 0.5F, "addressed to its own sender"},
    {"date_bad", 0.6F, "the date cannot be"},
    {"priority_high", 0.3F, "marks itself as important"},
    {"auth_failed", 1.2F,
     "the receiving server could not confirm the sender (SPF or DMARC failed)"},
    {"auth_passed", -0.6F, ""},
    {"signed", -0.3F, ""},

    {"subject_capitals", 0.6F, "the subject shouts in capitals"},
    {"subject_exclaims", 0.4F, "the subject has exclamation marks"},
    {"subject_money", 0.5F, "the subject speaks of money"},
    {"subject_gap", 0.8F, "the subject hides a code behind blanks"},
    {"subject_names_reader", 0.6F, "the subject repeats the name in your address"},
    {"subject_coded_needlessly", 0.3F, "the subject is encoded without need"},
    {"subject_raw", 0.4F, "the subject has raw bytes that headers do not allow"},
    {"subject_symbols", 0.4F, "the subject has pictures in it"},

    {"html_only", 0.3F, "HTML without a plain version"},
    {"hidden_text", 0.8F, "holds text that no reader would see"},
    {"invisible_marks", 1.0F, "invisible marks break up its words"},
    {"mixed_script", 1.5F, "words mix letters of two alphabets"},
    {"text_tiny", 0.2F, ""},
    {"long_lines", 0.0F, ""},
    {"undecodable", 0.3F, "parts cannot be decoded"},
    {"capitals", 0.5F, "written in capitals"},
    {"exclaims", 0.4F, "many exclamation marks"},
    {"money", 0.3F, "speaks of sums of money"},
    {"names_address", 0.8F, "repeats your address in its text"},
    {"threat", 0.5F, "says that something of yours is blocked or ends"},
    {"credential", 0.4F, "asks to sign in or to confirm an account"},
    {"gain", 0.6F, "promises a gain"},
    {"opt_out", 0.1F, ""},

    {"links", 0.0F, ""},
    {"link_elsewhere", 0.2F, ""},
    {"link_one_target", 0.2F, ""},
    {"link_mismatch", 0.8F, ""},  // The reason names both hosts: see spam.cpp.
    {"link_number", 1.2F, "a link leads to a bare number instead of a name"},
    {"link_shared", 0.7F, "a link hides behind a shortener or a free page"},
    {"link_user", 1.2F, "a link puts another name before the host it leads to"},
    {"link_port", 0.4F, "a link names an unusual port"},
    {"link_odd", 0.4F, "a link leads to a host that looks made up by a machine"},
    {"link_coded", 0.5F, "a link hides its address in codes"},
    {"page_attached", 1.0F, "a web page is attached"},
    {"program_attached", 0.7F, "a program or archive is attached"},

    {"lure", 1.4F, "talks of your account, and no link leads to the sender"},
    {"foreign_name", 1.0F, "neither the sender's address nor any link fits the sender's name"},
    {"picture_only", 0.8F, "hardly a word, and a picture to click on"},
    {"consistent", -0.4F, ""},
}};

}  // namespace

const std::array<SignalRow, kSignalCount>& signal_rows() {
  return kRows;
}

}  // namespace email::triage
