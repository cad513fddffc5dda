package dev.rollcall.wire;

/** The headers of the extended layer between registry and instances. */
public final class RegistryHeaders {
    /** The identity of the registry's durable state. */
    public static final String EPOCH = "Registry-Epoch";
    /** The registry's revision; on a patch, the revision that it leads to. */
    public static final String REVISION = "Registry-Revision";
    /** On a patch: the revision that it starts from. */
    public static final String PREVIOUS_REVISION = "Registry-Previous-Revision";
    /** On a patch: {@link #SNAPSHOT} if its Added is the whole view. */
    public static final String PATCH = "Registry-Patch";
    /** The value of {@link #PATCH}. */
    public static final String SNAPSHOT = "snapshot";
    /** On a heartbeat: the instance that the registry means to probe; on its response: the one that responds. */
    public static final String INSTANCE = "Registry-Instance";
    /** On a heartbeat's response: {@code epoch:revision} of the instance's view. */
    public static final String VIEW = "Registry-View";

    private RegistryHeaders() {}
}
